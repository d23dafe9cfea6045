package dev.gatehouse.cdi;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.util.Optional;

/**
 * The caller of the current request, for code that also serves requests without a Consumer.
 *
 * <pre>{@code
 * @Inject Caller caller;
 * ...
 * String greeting = caller.consumer().map(Consumer::username).orElse("stranger");
 * }</pre>
 *
 * <p>Use this type to check for a Consumer. An {@code Instance<Consumer>} does not help: it is
 * always resolvable, and the injected Consumer throws at its first call if the request has none.
 *
 * <p>The injected object is shared by all requests and returns the data of the calling thread's
 * request. It is safe for use by several threads and may be injected into beans of any scope.
 */
public interface Caller {
  /**
   * Returns the Consumer of the current request, or empty if there is none.
   *
   * @throws IllegalStateException if CDI has no request on this thread, as on an ASYNC dispatch;
   *     use {@link dev.gatehouse.servlet.Consumers#of} there
   */
  Optional<Consumer> consumer();

  /**
   * Returns the Credential of the current request, or empty if there is none or the Consumer is
   * anonymous.
   *
   * @throws IllegalStateException if CDI has no request on this thread, as on an ASYNC dispatch;
   *     use {@link dev.gatehouse.servlet.Consumers#credentialOf} there
   */
  Optional<Credential> credential();
}
