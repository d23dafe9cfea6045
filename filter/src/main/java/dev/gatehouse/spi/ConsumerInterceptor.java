package dev.gatehouse.spi;

import dev.gatehouse.SettingsReader;
import java.util.Set;

/**
 * A rule about an identified Consumer's request: a name, a configuration, and one verb.
 *
 * <p>It decides; it never writes a response. Implementations are safe for use by several threads.
 *
 * @param <C> the plugin's configuration
 */
public interface ConsumerInterceptor<C> {
  /** The plugin's name, as in {@code limit-count}. */
  String name();

  /** The place in the order; higher is asked first (reference section 3.0). */
  int priority();

  /** Reads the settings, and reports what is wrong to the reader. */
  C configure(SettingsReader settings, Parts parts);

  /**
   * The request headers that the plugin attaches. What a client sends under these names does not
   * exist, whether the plugin attaches a value or not.
   *
   * <p>A plugin that has such headers is asked before all others, so that they see the values.
   */
  default Set<String> ownHeaders(C config) {
    return Set.of();
  }

  /** Decides about one request. */
  Decision check(C config, Call call);
}
