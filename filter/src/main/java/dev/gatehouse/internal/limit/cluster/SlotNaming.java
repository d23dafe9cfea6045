package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.CounterKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The names of an application's slots: a digest of all parts of a key, so that an engine holds no
 * address and no value that a client chose, and every name has the same length.
 *
 * <p>Safe for use by several threads.
 *
 * @param namespace applications of one namespace count together
 */
record SlotNaming(String namespace) {
  /** The name of a counter. */
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

  /** The name under which the nodes tell that they are there. */
  String ofNodes() {
    return "gatehouse:1:" + digest(List.of("nodes", namespace));
  }

  /** The name of the channel on which nodes hint at changes of their store. */
  String ofChanges() {
    return "gatehouse:1:" + digest(List.of("changes", namespace));
  }

  /** Each part is preceded by its length, so that no two lists have the same text. */
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
