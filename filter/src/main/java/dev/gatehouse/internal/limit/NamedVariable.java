package dev.gatehouse.internal.limit;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import org.jspecify.annotations.Nullable;

/** The variables with fixed names, as in APISIX. */
final class NamedVariable {
  private NamedVariable() {}

  /** Returns the variable of a name, or null if there is none. */
  static @Nullable Variable of(String name) {
    return switch (name) {
      case "remote_addr" -> Variable.REMOTE_ADDR;
      case "remote_port" -> call -> String.valueOf(call.request().connection().remotePort());
      case "server_addr" -> call -> present(call.request().connection().serverAddress());
      case "server_port" -> call -> String.valueOf(call.request().connection().serverPort());
      case "consumer_name" -> Variable.CONSUMER_NAME;
      case "consumer_group_id" -> NamedVariable::consumerGroup;
      case "route_id", "route_name" -> InterceptedRequest::route;
      case "service_id", "service_name" -> InterceptedRequest::service;
      case "scheme" -> call -> call.request().scheme();
      case "host" -> NamedVariable::host;
      case "request_method" -> call -> call.request().method();
      case "uri" -> call -> call.request().contextPath() + call.request().servedPath();
      case "request_uri" -> NamedVariable::requestUri;
      case "args" -> call -> present(call.request().rawQuery());
      default -> null;
    };
  }

  static @Nullable String consumerName(InterceptedRequest call) {
    Consumer consumer = call.consumer();
    return consumer == null ? null : consumer.username();
  }

  private static @Nullable String consumerGroup(InterceptedRequest call) {
    Consumer consumer = call.consumer();
    return consumer == null ? null : consumer.group().orElse(null);
  }

  /** Returns the host in lower case without its port. */
  private static @Nullable String host(InterceptedRequest call) {
    String host = call.request().authority();
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return present(port ? host.substring(0, colon) : host);
  }

  /** Returns the path and the query as sent. */
  private static String requestUri(InterceptedRequest call) {
    GateRequest request = call.request();
    String query = request.rawQuery();
    return query == null ? request.rawPath() : request.rawPath() + '?' + query;
  }

  private static @Nullable String present(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
