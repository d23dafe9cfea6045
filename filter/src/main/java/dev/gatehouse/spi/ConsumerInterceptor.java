package dev.gatehouse.spi;

import dev.gatehouse.SettingsReader;

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

  /** Decides about one request. */
  Decision check(C config, Call call);
}
