package dev.gatehouse.internal.plugin;

import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.Set;

/**
 * An interceptor with its configuration.
 *
 * @param meta the setting {@code _meta}
 * @param layer the layer of the settings
 */
public record ConfiguredInterceptor<C>(
    ConsumerInterceptor<C> plugin, C config, PluginMeta meta, Layer layer) {
  public Decision check(InterceptedRequest call) {
    return meta.filter().holds(call) ? meta.answer(plugin.check(config, call)) : Decision.ALLOW;
  }

  /** Returns the request headers that the plugin attaches. */
  public Set<String> ownHeaders() {
    return plugin.ownHeaders(config);
  }

  /** Returns the priority; the highest runs first. */
  public int priority() {
    return meta.priority().orElse(plugin.priority());
  }
}
