package dev.gatehouse.internal.plugin;

import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.store.StoreException;

/**
 * A plugin of a Route that guards attempts to authenticate: it may refuse an attempt in advance,
 * and it is notified of each failure.
 *
 * <p>Runs before authentication; allowed on Routes only. Implementations must be safe for use by
 * several threads.
 *
 * @param <C> the plugin's configuration
 */
public interface AttemptGuard<C> extends ConsumerInterceptor<C> {
  /**
   * Decides whether an attempt is admitted. It is called first without a presented value, and again
   * for each value that a credential plugin looks up. The decision must not depend on whether the
   * value is known. A permit of the decision is released at the end of the attempt; other parts of
   * {@link Decision.Allow} are ignored.
   *
   * @throws StoreException if the state is unknown
   */
  Decision before(C config, Attempt attempt);

  /**
   * Records an attempt that ended in 401 with a presented value. A refusal replaces the 401.
   *
   * @throws StoreException if it cannot be recorded
   */
  Decision failed(C config, Attempt attempt);

  @Override
  default Decision check(C config, InterceptedRequest call) {
    return Decision.ALLOW;
  }
}
