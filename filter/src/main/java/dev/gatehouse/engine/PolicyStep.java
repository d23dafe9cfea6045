package dev.gatehouse.engine;

import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.ConsumerInterceptor;
import dev.gatehouse.spi.Decision;

/**
 * A consumer interceptor with its configuration.
 *
 * @param ofConsumer whether the settings are the Consumer's own, and not the Route's
 */
record PolicyStep<C>(ConsumerInterceptor<C> plugin, C config, boolean ofConsumer) {
  Decision run(Call call) {
    return plugin.check(config, call);
  }
}
