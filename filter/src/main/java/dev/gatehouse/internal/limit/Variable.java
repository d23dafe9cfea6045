package dev.gatehouse.internal.limit;

import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a request that a limit may count by (reference section 3.1).
 *
 * <p>An empty part counts as missing. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface Variable {
  /** What can be named, for the text of a mistake. */
  String KNOWN =
      "remote_addr, remote_port, server_addr, server_port, consumer_name, consumer_group_id,"
          + " route_id, route_name, service_id, service_name, scheme, host, request_method, uri,"
          + " request_uri, args, http_<header>, arg_<parameter>, cookie_<name>";

  /** The address of the peer; the only part that no request lacks. */
  Variable REMOTE_ADDR = call -> call.request().remoteAddress();

  /** The username of the calling Consumer. */
  Variable CONSUMER_NAME = NamedVariable::consumerName;

  /** The part of this request, or null when it is missing. */
  @Nullable String of(InterceptedRequest call);

  /** The variable of a name without its dollar sign; empty when there is none. */
  static Optional<Variable> named(String name) {
    Variable found = NamedVariable.of(name);
    return found == null ? prefixed(name) : Optional.of(found);
  }

  private static Optional<Variable> prefixed(String name) {
    int end = name.indexOf('_') + 1;
    String rest = name.substring(end);
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    return switch (name.substring(0, end)) {
      case "http_" -> header(rest);
      case "arg_" -> Optional.of(call -> first(call.request().queryValues(rest)));
      case "cookie_" -> Optional.of(call -> first(call.request().cookies(rest)));
      default -> Optional.empty();
    };
  }

  /** An underscore stands for a hyphen of the header's name, or for itself. */
  private static Optional<Variable> header(String rest) {
    String header = rest.replace('_', '-');
    boolean named =
        header.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-'));
    return named ? Optional.of(new HeaderVariable(header)) : Optional.empty();
  }

  private static @Nullable String first(List<String> values) {
    return values.isEmpty() ? null : present(values.get(0));
  }

  private static @Nullable String present(String value) {
    return value.isEmpty() ? null : value;
  }
}
