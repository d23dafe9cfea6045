package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Reply;

/**
 * The refusal of a request.
 *
 * @param reply the response to the client, challenges included
 * @param plugin the name of the plugin that refuses, or {@code gate}
 * @param reason the reason for the log; contains no data of the client
 * @param presented whether the request has a credential, right or wrong
 */
public record Refusal(Reply reply, String plugin, String reason, boolean presented)
    implements Authentication.Result {
  /** Returns a refusal by the gate. */
  static Refusal byGate(Reply reply, String reason) {
    return new Refusal(reply, "gate", reason, true);
  }

  /** Returns a refusal by an interceptor or a guard. */
  static Refusal of(String plugin, Decision.Deny deny) {
    return new Refusal(deny.reply(), plugin, deny.reason(), true);
  }
}
