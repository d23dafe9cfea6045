package dev.gatehouse.spi.plugin;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.store.StoreException;
import java.util.Set;

/**
 * A rule that decides about a request after its caller is identified.
 *
 * <p>An implementation has a public constructor without parameters and is found by {@link
 * java.util.ServiceLoader}, or is given to the builder of a filter. One instance serves all Routes
 * and Consumers; it must be safe for use by several threads and must not store anything of a
 * request in a field. It decides; it never writes a response.
 *
 * @param <C> the plugin's configuration; immutable
 */
public interface ConsumerInterceptor<C> {
  /** Returns the plugin's name, as in {@code limit-count}; the same on every call. */
  String name();

  /**
   * Returns the priority: of the plugins of a request, the one with the highest number runs first.
   * The built-in priorities are in docs/consumer-plugins.md.
   */
  int priority();

  /**
   * Reads the settings of a Route, a Consumer, a group of Consumers or of all Routes.
   *
   * @param settings all settings; each one that the plugin does not read is reported as unknown
   * @param parts clocks and counters; may be used later too
   * @return the configuration; where the settings are wrong, any that can be made: it is not used
   *     once a problem was reported to the reader
   */
  C configure(SettingsReader settings, PluginServices parts);

  /**
   * Returns the names of the request headers that the plugin attaches. What a client sends under
   * these names is always hidden from all plugins and from the application.
   *
   * <p>A plugin with such headers runs before all others, so that they see the values.
   */
  default Set<String> ownHeaders(C config) {
    return Set.of();
  }

  /**
   * Decides about one request.
   *
   * <p>It is called on the thread of the request, once for each Route that the request meets on its
   * dispatches, or once for the request if the settings are the Consumer's; not if an interceptor
   * before it has refused the request. For example:
   *
   * <pre>{@code
   * Consumer consumer = call.consumer();
   * return consumer == null || consumer.labels().containsKey("partner")
   *     ? Decision.ALLOW
   *     : new Decision.Deny(Reply.message(403, "Partners only"), "no label partner");
   * }</pre>
   *
   * @param config what {@link #configure} returned for the settings that hold for this request
   * @param call the request, its Consumer, and the owner of the settings
   * @return {@link Decision.Allow} if the request goes on to the next plugin, with what it adds to
   *     the request or holds until the request is over; {@link Decision.Deny} if it is refused:
   *     then what earlier plugins hold is released. Never null
   * @throws StoreException if it cannot be found out: the request is answered with 503. Any other
   *     exception is answered with 500. In neither case does the application run
   */
  Decision check(C config, InterceptedRequest call);
}
