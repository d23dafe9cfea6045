package dev.gatehouse.internal.plugin;

import dev.gatehouse.spi.plugin.Decision;
import java.util.Optional;

/** A guard of attempts with its configuration. */
public record ConfiguredGuard<C>(AttemptGuard<C> plugin, C config, PluginMeta meta) {
  /** Returns the guard of an interceptor, if it is one. */
  public static <C> Optional<ConfiguredGuard<C>> of(ConfiguredInterceptor<C> step) {
    return step.plugin() instanceof AttemptGuard<C> guard && !step.meta().disabled()
        ? Optional.of(new ConfiguredGuard<>(guard, step.config(), step.meta()))
        : Optional.empty();
  }

  public Decision before(Attempt attempt) {
    return meta.answer(plugin.before(config, attempt));
  }

  public Decision failed(Attempt attempt) {
    return meta.answer(plugin.failed(config, attempt));
  }
}
