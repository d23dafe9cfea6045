package dev.gatehouse.internal.limit;

import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a request, for keys of limits and expressions.
 *
 * <p>An empty value counts as missing. Implementations must be safe for use by several threads.
 */
@FunctionalInterface
public interface Variable {
  /** The known names, for the text of a problem. */
  String KNOWN =
      "remote_addr, remote_port, server_addr, server_port, consumer_name, consumer_group_id,"
          + " route_id, route_name, service_id, service_name, scheme, host, request_method, uri,"
          + " request_uri, args, http_<header>, arg_<parameter>, cookie_<name>";

  /** The client's address; the only variable that always has a value. */
  Variable REMOTE_ADDR = call -> call.request().remoteAddress();

  /** The Consumer's username. */
  Variable CONSUMER_NAME = NamedVariable::consumerName;

  /** Returns the value for a request, or null if it is missing. */
  @Nullable String of(InterceptedRequest call);

  /** Returns the variable of a name without its dollar sign, or empty. */
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

  /** An underscore of the name matches a hyphen or an underscore of the header. */
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
