package dev.gatehouse.internal.plugin;

import java.util.List;
import java.util.Objects;

/**
 * An attempt to authenticate.
 *
 * @param remoteAddress the client's address in its textual form
 * @param presented keyed digests of the values that were looked up so far, each with its plugin
 */
public record Attempt(String remoteAddress, List<String> presented) {
  /** Creates an attempt. */
  public Attempt {
    Objects.requireNonNull(remoteAddress, "remoteAddress");
    presented = List.copyOf(presented);
  }
}
