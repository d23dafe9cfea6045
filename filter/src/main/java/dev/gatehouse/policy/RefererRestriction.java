package dev.gatehouse.policy;

import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.ConsumerInterceptor;
import dev.gatehouse.spi.Decision;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code referer-restriction}: from which sites' pages requests may come.
 *
 * <p>A header that any client can write: it keeps browsers out, not attackers. Source: reference
 * section 3.8; hosts are compared without case.
 */
final class RefererRestriction implements ConsumerInterceptor<RefererRestriction.Config> {
  private static final int LONGEST_MESSAGE = 1024;
  private static final Pattern HOST = Pattern.compile("\\*|\\*?[0-9a-zA-Z\\-._\\[\\]:]+");

  /**
   * The settings.
   *
   * @param listed hosts in lower case; one that begins with a star stands for all that end so
   * @param allowed whether the listed ones may pass, and not the others
   * @param bypassMissing whether a request without a usable header passes
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
  public Config configure(SettingsReader settings, Parts parts) {
    boolean allowed = RestrictionSettings.first(settings, "whitelist", "blacklist");
    String name = allowed ? "whitelist" : "blacklist";
    List<String> hosts = settings.texts(name);
    for (int i = 0; i < hosts.size(); i++) {
      if (!HOST.matcher(hosts.get(i)).matches()) {
        settings.mistake(
            name + "[" + i + "]", "must be a host, one behind a star as in *.example, or a star");
      }
    }
    boolean bypass = settings.flag("bypass_missing", false);
    String message =
        RestrictionSettings.message(settings, "Your referer host is not allowed", LONGEST_MESSAGE);
    List<String> lower = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    return new Config(lower, allowed, bypass, Reply.message(403, message));
  }

  @Override
  public Decision check(Config config, Call call) {
    List<String> values = call.request().headers("Referer");
    String host = values.size() == 1 ? host(values.get(0)) : null;
    if (host == null) {
      return config.bypassMissing() && values.size() <= 1
          ? Decision.ALLOW
          : new Decision.Deny(config.refused(), "no referer that can be read");
    }
    boolean listed = config.listed().stream().anyMatch(one -> matches(one, host));
    return listed == config.allowed()
        ? Decision.ALLOW
        : new Decision.Deny(config.refused(), "referer");
  }

  private static boolean matches(String listed, String host) {
    return listed.startsWith("*") ? host.endsWith(listed.substring(1)) : host.equals(listed);
  }

  /** The host of a URI with a scheme of the web, or null. */
  private static @Nullable String host(String referer) {
    try {
      URI uri = new URI(referer);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null ? uri.getHost().toLowerCase(Locale.ROOT) : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
