package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Reply;

/**
 * Why a request ends here.
 *
 * @param reply the response to the client, challenges included
 * @param plugin the plugin that refuses, or {@code gate}
 * @param reason the reason for the log; it never holds what the client has sent
 * @param presented whether the request has a credential, be it right or wrong
 */
public record Refusal(Reply reply, String plugin, String reason, boolean presented)
    implements Authentication.Result {
  /** A refusal by the gate itself. */
  static Refusal byGate(Reply reply, String reason) {
    return new Refusal(reply, "gate", reason, true);
  }

  /** The refusal of a plugin that was asked after authentication, or of a guard. */
  static Refusal of(String plugin, Decision.Deny deny) {
    return new Refusal(deny.reply(), plugin, deny.reason(), true);
  }
}
