package dev.gatehouse.internal.restrict;

import dev.gatehouse.internal.http.UrlHost;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code referer-restriction}: access by the site of the referring page.
 *
 * <p>Any client can forge this header: the plugin restricts browsers, not attackers. The host is
 * parsed as browsers do. A header without a valid host is refused: it is neither missing nor
 * listed.
 */
final class RefererRestriction implements ConsumerInterceptor<RefererRestriction.Config> {
  private static final int MAX_MESSAGE_LENGTH = 1024;
  private static final Pattern HOST = Pattern.compile("\\*|\\*?[0-9a-zA-Z\\-._\\[\\]:]+");

  /**
   * The settings.
   *
   * @param listed hosts in lower case; a leading star matches any prefix
   * @param allowed true for a whitelist, false for a blacklist
   * @param bypassMissing whether a request without the header passes
   */
  record Config(List<String> listed, boolean allowed, boolean bypassMissing, Reply refused) {
    @Override
    public String toString() {
      return "referer-restriction(" + (allowed ? "whitelist" : "blacklist") + "=" + listed + ")";
    }
  }

  @Override
  public String name() {
    return "referer-restriction";
  }

  @Override
  public int priority() {
    return 2990;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    boolean allowed = Patterns.first(settings, "whitelist", "blacklist");
    String name = allowed ? "whitelist" : "blacklist";
    List<String> hosts = settings.texts(name);
    for (int i = 0; i < hosts.size(); i++) {
      String host = hosts.get(i);
      if (!HOST.matcher(host).matches()
          || (host.startsWith("[") && UrlHost.canonical(host) == null)) {
        settings.report(
            name + "[" + i + "]", "must be a host, one behind a star as in *.example, or a star");
      }
    }
    boolean bypass = settings.flag("bypass_missing", false);
    String message =
        Patterns.message(settings, "Your referer host is not allowed", MAX_MESSAGE_LENGTH);
    List<String> comparable = hosts.stream().map(RefererRestriction::comparable).toList();
    return new Config(comparable, allowed, bypass, Reply.message(403, message));
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    List<String> values = call.request().headers("Referer");
    if (values.isEmpty()) {
      return config.bypassMissing()
          ? Decision.ALLOW
          : new Decision.Deny(config.refused(), "no referer");
    }
    String host = values.size() == 1 ? UrlHost.of(values.get(0)) : null;
    if (host == null) {
      return new Decision.Deny(config.refused(), "no referer that can be read");
    }
    boolean listed = config.listed().stream().anyMatch(one -> matches(one, host));
    return listed == config.allowed()
        ? Decision.ALLOW
        : new Decision.Deny(config.refused(), "referer");
  }

  private static boolean matches(String listed, String host) {
    return listed.startsWith("*") ? host.endsWith(listed.substring(1)) : host.equals(listed);
  }

  private static String comparable(String listed) {
    String address = listed.startsWith("[") ? UrlHost.canonical(listed) : null;
    return address == null ? listed.toLowerCase(Locale.ROOT) : address;
  }
}
