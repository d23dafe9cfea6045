package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.CounterKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The names of slots: digests of all parts of a key, so that the engine holds no addresses and no
 * values of clients, and all names have the same length.
 *
 * <p>Safe for use by several threads.
 *
 * @param namespace the namespace; applications of the same namespace share counters
 */
record SlotNaming(String namespace) {
  /** Returns the name of a counter. */
  String of(CounterKey key) {
    return "gatehouse:1:"
        + digest(
            List.of(
                "counter",
                namespace,
                key.owner().layer(),
                key.owner().name(),
                key.plugin(),
                key.value()));
  }

  /** Returns the name of the slot with the nodes. */
  String ofNodes() {
    return "gatehouse:1:" + digest(List.of("nodes", namespace));
  }

  /** Returns the name of the channel for hints about changes of the store. */
  String ofChanges() {
    return "gatehouse:1:" + digest(List.of("changes", namespace));
  }

  /** Each part is prefixed with its length, so that no two lists have the same text. */
  private static String digest(List<String> parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sha.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
