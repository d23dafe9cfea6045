package dev.gatehouse.internal.restrict;

import com.google.re2j.Pattern;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.List;

/**
 * {@code ua-restriction}: access by the {@code User-Agent} header.
 *
 * <p>Expressions are searched anywhere in the header. They are those of RE2, which take linear time
 * for any input. If the header has several values, one allowed value is enough to pass and one
 * denied value is enough to be refused. APISIX passes such a request unless all values are denied.
 */
final class UaRestriction implements ConsumerInterceptor<UaRestriction.Config> {
  private static final int MAX_MESSAGE_LENGTH = 1024;

  /**
   * The settings.
   *
   * @param allowed true for a whitelist, false for a blacklist
   * @param bypassMissing whether a request without the header passes
   */
  record Config(List<Pattern> listed, boolean allowed, boolean bypassMissing, Reply refused) {
    @Override
    public String toString() {
      return "ua-restriction(" + (allowed ? "allowlist" : "denylist") + "=" + listed + ")";
    }
  }

  @Override
  public String name() {
    return "ua-restriction";
  }

  @Override
  public int priority() {
    return 2999;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    boolean allowed = Patterns.first(settings, "allowlist", "denylist");
    String name = allowed ? "allowlist" : "denylist";
    List<Pattern> listed = Patterns.patterns(settings, name, settings.texts(name), 0);
    boolean bypass = settings.flag("bypass_missing", false);
    String message = Patterns.message(settings, "Not allowed", MAX_MESSAGE_LENGTH);
    return new Config(listed, allowed, bypass, Reply.message(403, message));
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    List<String> values = call.request().headers("User-Agent");
    if (values.isEmpty()) {
      return config.bypassMissing() ? Decision.ALLOW : deny(config, "no user agent");
    }
    boolean listed = values.stream().anyMatch(value -> Patterns.findsAny(config.listed(), value));
    return listed == config.allowed() ? Decision.ALLOW : deny(config, "user agent");
  }

  private static Decision deny(Config config, String reason) {
    return new Decision.Deny(config.refused(), reason);
  }
}
