package dev.gatehouse.internal.auth;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code key-auth}: an API key in a header, or in a query parameter if the header is absent.
 *
 * <p>A header or parameter that occurs more than once is refused, even if its values are equal.
 */
final class KeyAuth implements CredentialPlugin<KeyAuth.Config> {
  private static final Reply MISSING = Reply.message(401, "Missing API key in request");
  private static final Reply INVALID = Reply.message(401, "Invalid API key in request");

  /**
   * The settings on a Route.
   *
   * @param header the header, which is read first
   * @param query the query parameter, which is read if the header is absent
   */
  record Config(
      AuthSettings common,
      String header,
      String query,
      List<String> challenges,
      List<CredentialLocation> places)
      implements AuthConfig {

    Config(AuthSettings common, String header, String query) {
      this(
          common,
          header,
          query,
          List.of("apikey realm=\"" + common.realm() + '"'),
          List.of(CredentialLocation.header(header), CredentialLocation.query(query)));
    }

    @Override
    public String toString() {
      return "key-auth(header=" + header + ", query=" + query + ")";
    }
  }

  @Override
  public String name() {
    return "key-auth";
  }

  @Override
  public int priority() {
    return 2500;
  }

  @Override
  public String attribute() {
    return "key";
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    String header = settings.text("header", "apikey");
    if (!HttpToken.isToken(header)) {
      settings.report("header", "must be a header name (RFC 9110 token)");
    }
    return new Config(AuthSettings.read(settings, "key"), header, settings.text("query", "apikey"));
  }

  @Override
  public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
    Secret key = settings.requiredSecret("key");
    String text = key.reveal();
    if (!text.isEmpty() && (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)))) {
      settings.report("key", "must not begin or end with a blank: no request can carry it");
    }
    return new EnrolledCredential(key, PluginSettings.EMPTY);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  @Override
  public AuthResult authenticate(Config config, GateRequest request, CredentialLookup credentials) {
    List<String> keys = request.headers(config.header());
    if (keys.isEmpty()) {
      keys = request.queryValues(config.query());
    }
    if (keys.isEmpty()) {
      return new AuthResult.NoCredential(MISSING);
    }
    if (keys.size() > 1) {
      return new AuthResult.Rejected(INVALID, "more than one key presented");
    }
    return verify(keys.get(0), credentials);
  }

  private AuthResult verify(String key, CredentialLookup credentials) {
    if (key.isEmpty()) {
      return new AuthResult.Rejected(INVALID, "empty key presented");
    }
    @Nullable StoredCredential found = credentials.find(name(), key);
    return found == null
        ? new AuthResult.Rejected(INVALID, "unknown key")
        : new AuthResult.Authenticated(found);
  }
}
