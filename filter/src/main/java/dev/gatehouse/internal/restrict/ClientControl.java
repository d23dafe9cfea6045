package dev.gatehouse.internal.restrict;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * {@code client-control}: the maximum size of a request's body.
 *
 * <p>A declared length is checked at once. A body without a declared length is read up to the limit
 * and replayed to the application.
 */
final class ClientControl implements ConsumerInterceptor<ClientControl.Config> {
  private static final Decision TOO_LARGE =
      new Decision.Deny(Reply.errorMessage(413, null), "body too large");

  /**
   * The settings.
   *
   * @param most the maximum in bytes; 0 for no limit
   */
  record Config(long most) {
    @Override
    public String toString() {
      return "client-control(max_body_size=" + most + ")";
    }
  }

  @Override
  public String name() {
    return "client-control";
  }

  @Override
  public int priority() {
    return 22000;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    return new Config(settings.integer("max_body_size", 0, RequestBody.MAX));
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    if (config.most() == 0) {
      return Decision.ALLOW;
    }
    String length = call.request().header("Content-Length");
    boolean chunked = call.request().header("Transfer-Encoding") != null;
    if (length != null && !chunked) {
      return isMore(length, config.most()) ? TOO_LARGE : Decision.ALLOW;
    }
    RequestBody body = call.request().body(config.most());
    if (body instanceof RequestBody.Missing missing) {
      return new Decision.Deny(Reply.message(408, "request body did not arrive"), missing.reason());
    }
    return body instanceof RequestBody.TooLarge ? TOO_LARGE : Decision.ALLOW;
  }

  /** A malformed length counts as too large. */
  private static boolean isMore(@Nullable String length, long most) {
    return length == null
        || !length.strip().matches("[0-9]{1,18}")
        || Long.parseLong(length.strip()) > most;
  }
}
