package dev.gatehouse.cdi;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.util.Optional;

/**
 * The optional view of who calls, for code that also serves requests without a Consumer.
 *
 * <pre>{@code
 * @Inject Caller caller;
 * ...
 * String greeting = caller.consumer().map(Consumer::username).orElse("stranger");
 * }</pre>
 *
 * <p>An {@code Instance<Consumer>} is always resolvable, because CDI decides that once for the
 * whole application and not for each request; its {@code get()} gives the same live view as
 * {@code @Inject Consumer}, whose first call throws when nobody was identified. So ask here first.
 *
 * <p>The injected object is one for all requests and answers for the request of the calling thread;
 * safe for use by several threads. It may be kept in a bean of any scope.
 */
public interface Caller {
  /**
   * The Consumer of the current request, or empty when none was identified.
   *
   * @throws IllegalStateException if CDI knows no request on this thread, as on an ASYNC dispatch;
   *     there {@link dev.gatehouse.servlet.Consumers#of} answers
   */
  Optional<Consumer> consumer();

  /**
   * The Credential that was proved, or empty for an anonymous or unidentified Consumer.
   *
   * @throws IllegalStateException if CDI knows no request on this thread, as on an ASYNC dispatch;
   *     there {@link dev.gatehouse.servlet.Consumers#credentialOf} answers
   */
  Optional<Credential> credential();
}
