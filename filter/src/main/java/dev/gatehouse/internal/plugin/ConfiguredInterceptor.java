package dev.gatehouse.internal.plugin;

import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.Set;

/**
 * A consumer interceptor with its configuration.
 *
 * @param meta what the settings say about the plugin itself
 * @param layer whose settings they are
 */
public record ConfiguredInterceptor<C>(
    ConsumerInterceptor<C> plugin, C config, PluginMeta meta, Layer layer) {
  public Decision check(InterceptedRequest call) {
    return meta.filter().holds(call) ? meta.answer(plugin.check(config, call)) : Decision.ALLOW;
  }

  /** The request headers that the plugin attaches. */
  public Set<String> ownHeaders() {
    return plugin.ownHeaders(config);
  }

  /** Its place in the order; higher is asked first. */
  public int priority() {
    return meta.priority().orElse(plugin.priority());
  }
}
