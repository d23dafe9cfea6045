package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Reply;
import org.jspecify.annotations.Nullable;

/** The outcome of asking the credential plugins of a Route. */
sealed interface Identification {
  /**
   * The request may go on to the interceptors.
   *
   * @param caller who calls, or null on a Route without credential plugin
   */
  record Known(@Nullable Caller caller) implements Identification {}

  /**
   * The request ends.
   *
   * @param plugin the plugin that refused
   * @param reason what the log is told
   * @param presented whether there was a credential, or none could be asked for
   */
  record Unknown(Reply reply, String plugin, String reason, boolean presented)
      implements Identification {}
}
