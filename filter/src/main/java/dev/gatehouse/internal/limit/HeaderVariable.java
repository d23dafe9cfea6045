package dev.gatehouse.internal.limit;

import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code $http_name}: the first value of a header. Each underscore of the name matches a hyphen or
 * an underscore.
 *
 * <p>The name with hyphens takes precedence in any order of headers, because applications read that
 * name.
 *
 * @param header the name with hyphens
 */
record HeaderVariable(String header) implements Variable {
  @Override
  public @Nullable String of(InterceptedRequest call) {
    GateRequest request = call.request();
    String value = request.header(header);
    if (value == null && header.indexOf('-') >= 0) {
      value = ofAnotherSpelling(request);
    }
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable String ofAnotherSpelling(GateRequest request) {
    for (String name : request.headerNames()) {
      if (Header.BY_NAME.compare(name, header) == 0) {
        return request.header(name);
      }
    }
    return null;
  }
}
