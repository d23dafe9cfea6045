package dev.gatehouse.spi;

import dev.gatehouse.Consumer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request whose caller is known as far as it ever will be.
 *
 * @param request the request
 * @param consumer the identified Consumer, or null on a Route without credential plugin
 * @param owner who the interceptor's settings belong to; counters are kept per owner
 * @param route the name of the Route on which the request is
 */
public record Call(GateRequest request, @Nullable Consumer consumer, Owner owner, String route) {
  /** All but the Consumer are required. */
  public Call {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(route, "route");
  }

  /** The application: its context path, and {@code /} for that of the root application. */
  public String service() {
    String path = request.contextPath();
    return path.isEmpty() ? "/" : path;
  }

  /**
   * The owner of an interceptor's settings.
   *
   * @param layer the layer, as in {@code route} or {@code consumer}
   * @param name the owner's name in its layer
   */
  public record Owner(String layer, String name) {
    /** Both parts are required. */
    public Owner {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(name, "name");
    }
  }
}
