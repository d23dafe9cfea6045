package dev.gatehouse.internal.restrict;

import dev.gatehouse.internal.http.IpAddress;
import dev.gatehouse.internal.http.IpRange;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ip-restriction}: access by the client's address.
 *
 * <p>The address is determined by {@code gatehouse.trusted-proxies}. A request with an unknown
 * address is refused with a whitelist and with a blacklist.
 */
final class IpRestriction implements ConsumerInterceptor<IpRestriction.Config> {
  private static final int MAX_MESSAGE_LENGTH = 1024;

  /**
   * The settings.
   *
   * @param listed the addresses
   * @param allowed true for a whitelist, false for a blacklist
   */
  record Config(List<IpRange> listed, boolean allowed, Reply refused) {
    @Override
    public String toString() {
      return "ip-restriction(" + (allowed ? "whitelist" : "blacklist") + "=" + listed + ")";
    }
  }

  @Override
  public String name() {
    return "ip-restriction";
  }

  @Override
  public int priority() {
    return 3000;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    boolean allowed = Patterns.first(settings, "whitelist", "blacklist");
    String name = allowed ? "whitelist" : "blacklist";
    List<String> texts = settings.texts(name);
    List<IpRange> ranges = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        ranges.add(IpRange.parse(texts.get(i)));
      } catch (IllegalArgumentException e) {
        settings.report(name + "[" + i + "]", e.getMessage() + "; was \"" + texts.get(i) + '"');
      }
    }
    int code = (int) settings.integer("response_code", 403, 404, 403);
    String message =
        Patterns.message(settings, "Your IP address is not allowed", MAX_MESSAGE_LENGTH);
    return new Config(List.copyOf(ranges), allowed, Reply.message(code, message));
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    IpAddress address = IpAddress.parse(call.request().remoteAddress());
    if (address == null) {
      return new Decision.Deny(config.refused(), "the client's address cannot be read");
    }
    boolean listed = IpRange.anyContains(config.listed(), address);
    return listed == config.allowed()
        ? Decision.ALLOW
        : new Decision.Deny(config.refused(), listed ? "address is listed" : "address not listed");
  }
}
