package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.spi.plugin.GateRequest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digests that a client sends for its body. All of them must match.
 *
 * @param stated digests in base64 by the JDK's name of the algorithm; at least one
 */
record BodyDigest(Map<String, String> stated) {
  private static final String PREFIX = "SHA-256=";

  /** The secure algorithms of RFC 9530. */
  private static final Map<String, String> KNOWN =
      Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

  /**
   * Parses {@code Digest: SHA-256=...}. Returns null if the header is absent, repeated or
   * malformed.
   */
  static @Nullable BodyDigest ofDigest(GateRequest request, boolean anyCase) {
    List<String> values = request.headers("Digest");
    if (values.size() != 1
        || !values.get(0).regionMatches(anyCase, 0, PREFIX, 0, PREFIX.length())) {
      return null;
    }
    return new BodyDigest(Map.of("SHA-256", values.get(0).substring(PREFIX.length())));
  }

  /**
   * Parses {@code Content-Digest} (RFC 9530 section 2). Returns null if it has no known algorithm.
   */
  static @Nullable BodyDigest ofContentDigest(GateRequest request) {
    Map<String, StructuredField.Member> members =
        StructuredField.dictionary(String.join(", ", request.headers("Content-Digest")));
    Map<String, String> stated = new LinkedHashMap<>();
    if (members != null) {
      members.forEach(
          (name, member) -> {
            String known = KNOWN.get(name);
            String text = member.bytes();
            if (known != null) {
              stated.put(known, text == null ? "" : text);
            }
          });
    }
    return stated.isEmpty() ? null : new BodyDigest(stated);
  }

  /** Returns whether every digest matches the bytes. */
  boolean isOf(ByteBuffer bytes) {
    boolean equal = true;
    for (Map.Entry<String, String> one : stated.entrySet()) {
      byte[] named = StrictBase64.decode(one.getValue());
      equal &= MessageDigest.isEqual(digest(one.getKey(), bytes.duplicate()), named);
    }
    return equal;
  }

  private static byte[] digest(String algorithm, ByteBuffer bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance(algorithm);
      sha.update(bytes);
      return sha.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
