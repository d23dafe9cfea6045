package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.auth.hmac.StructuredField.Bare;
import dev.gatehouse.internal.auth.hmac.StructuredField.Item;
import dev.gatehouse.internal.auth.hmac.StructuredField.Kind;
import dev.gatehouse.internal.auth.hmac.StructuredField.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a signature (RFC 9421 sections 2.3 and 4.1).
 *
 * @param components the signed components in the client's order, without duplicates
 * @param keyId the id of the key; empty if absent
 * @param algorithm the algorithm; hmac-sha256 if absent
 * @param created the creation time, in seconds since 1970
 * @param expires the expiry time, in seconds since 1970
 * @param written the text of the last line of the signature base
 */
record SignatureInput(
    List<Item> components,
    String keyId,
    String algorithm,
    OptionalLong created,
    OptionalLong expires,
    String written) {

  /** An upper bound on the work per request. */
  private static final int MAX = 64;

  private static final Map<String, Kind> KINDS =
      Map.of(
          "created",
          Kind.INTEGER,
          "expires",
          Kind.INTEGER,
          "nonce",
          Kind.STRING,
          "alg",
          Kind.STRING,
          "keyid",
          Kind.STRING,
          "tag",
          Kind.STRING);

  /** Parses a member of {@code Signature-Input}. Returns null if it is of another kind. */
  static @Nullable SignatureInput of(Member member) {
    Set<String> seen = new HashSet<>();
    boolean sound = member.list() && member.items().size() <= MAX;
    for (Item item : member.items()) {
      sound &= item.value().kind() == Kind.STRING && seen.add(item.written());
    }
    for (Map.Entry<String, Bare> one : member.parameters().entrySet()) {
      sound &= KINDS.getOrDefault(one.getKey(), one.getValue().kind()) == one.getValue().kind();
    }
    return sound ? of(member.items(), member.parameters(), member.written()) : null;
  }

  private static SignatureInput of(
      List<Item> components, Map<String, Bare> parameters, String written) {
    return new SignatureInput(
        components,
        text(parameters, "keyid", ""),
        text(parameters, "alg", "hmac-sha256"),
        seconds(parameters, "created"),
        seconds(parameters, "expires"),
        written);
  }

  private static String text(Map<String, Bare> parameters, String name, String fallback) {
    Bare value = parameters.get(name);
    return value == null ? fallback : value.text();
  }

  private static OptionalLong seconds(Map<String, Bare> parameters, String name) {
    Bare value = parameters.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.text()));
  }
}
