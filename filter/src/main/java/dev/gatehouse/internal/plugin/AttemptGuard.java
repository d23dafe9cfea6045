package dev.gatehouse.internal.plugin;

import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.store.StoreException;

/**
 * A plugin of a Route that watches the attempts to prove who calls: it may refuse one before it is
 * made, and it hears of each that failed.
 *
 * <p>It has nothing to say about an identified Consumer, and stands on Routes only. Implementations
 * are safe for use by several threads.
 *
 * @param <C> the plugin's configuration
 */
public interface AttemptGuard<C> extends ConsumerInterceptor<C> {
  /**
   * Whether an attempt may be made. It is asked first without anything presented, and again for
   * each value that a credential plugin looks up; the answer must not depend on whether the value
   * is known. A permit of the answer is released when the attempt has ended, whether it succeeded,
   * failed or broke; nothing else of {@link Decision.Allow} is used.
   *
   * @throws StoreException if it cannot be found out
   */
  Decision before(C config, Attempt attempt);

  /**
   * Takes note of an attempt that ended in 401 with something presented; a refusal takes the place
   * of that 401.
   *
   * @throws StoreException if it cannot be noted
   */
  Decision failed(C config, Attempt attempt);

  @Override
  default Decision check(C config, InterceptedRequest call) {
    return Decision.ALLOW;
  }
}
