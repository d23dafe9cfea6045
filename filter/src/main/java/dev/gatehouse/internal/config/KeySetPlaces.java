package dev.gatehouse.internal.config;

import dev.gatehouse.internal.property.PropertyReader;
import dev.gatehouse.settings.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The allowed locations of key sets. The configuration file may name every location. Over the Admin
 * API only listed hosts are allowed; files and local addresses are refused.
 *
 * @param hosts the allowed hosts in lower case, or null to allow every location
 */
public record KeySetPlaces(@Nullable Set<String> hosts) {
  /** Allows every location. */
  static final KeySetPlaces ALL = new KeySetPlaces(null);

  /** The property with the allowed hosts. */
  static final String SETTING = "gatehouse.admin.jwks-hosts";

  private static final String PLUGIN = "jwt-auth";
  private static final String FILE = "jwks_file";
  private static final String URI_NAME = "jwks_uri";

  /** Loopback, link-local and unspecified addresses, and the names of this machine. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "(.*\\.)?localhost|127\\..*|0+(\\..*)?|169\\.254\\..*|\\[(::.*|fe[89ab].*|[0:]*1?)]");

  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]+|\\[[0-9a-f:.]+]");

  /** Reads the list of hosts. Without it no location is allowed. */
  public static KeySetPlaces read(PropertyReader values) {
    String text = values.text(SETTING).orElse("");
    Set<String> hosts =
        Arrays.stream(text.split(","))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    for (String host : hosts) {
      if (!NAME.matcher(host).matches() || LOCAL.matcher(host).matches()) {
        values.report(
            SETTING,
            "must be host names with commas between, without scheme, port and local addresses");
      }
    }
    return new KeySetPlaces(hosts);
  }

  /**
   * Returns whether the settings of a Credential name an allowed location; otherwise reports it.
   */
  public boolean allow(String plugin, SettingsReader settings) {
    if (hosts == null || !plugin.equals(PLUGIN)) {
      return true;
    }
    if (settings.has(FILE)) {
      settings.report(FILE, "is for the configuration file only");
      return false;
    }
    boolean allowed = settings.text(URI_NAME).map(this::isListed).orElse(true);
    if (!allowed) {
      settings.report(
          URI_NAME,
          "must be on a host that "
              + SETTING
              + " lists; local addresses are for the configuration file only");
    }
    return allowed;
  }

  private boolean isListed(String text) {
    try {
      String host = new URI(text).getHost();
      String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
      return hosts != null && hosts.contains(name) && !LOCAL.matcher(name).matches();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
