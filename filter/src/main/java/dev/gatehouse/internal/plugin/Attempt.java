package dev.gatehouse.internal.plugin;

import java.util.List;
import java.util.Objects;

/**
 * A request that is about to prove who calls, or has failed to.
 *
 * @param remoteAddress the address of the peer's socket, in its textual form
 * @param presented what was looked up so far, as keyed digests that differ where the plugin or the
 *     value differs; nothing can be read from them
 */
public record Attempt(String remoteAddress, List<String> presented) {
  /** Copies the list. */
  public Attempt {
    Objects.requireNonNull(remoteAddress, "remoteAddress");
    presented = List.copyOf(presented);
  }
}
