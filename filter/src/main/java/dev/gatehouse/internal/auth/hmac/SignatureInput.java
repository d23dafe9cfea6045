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
 * What a client says about its signature (RFC 9421 sections 2.3 and 4.1).
 *
 * @param components what is signed, in the client's order, none twice
 * @param keyId whose secret it is made with; empty when it is not said
 * @param algorithm the algorithm; hmac-sha256 when it is not said
 * @param created when it was made, in seconds since 1970
 * @param expires until when it holds, in seconds since 1970
 * @param written all of it as the last line of what is signed has it
 */
record SignatureInput(
    List<Item> components,
    String keyId,
    String algorithm,
    OptionalLong created,
    OptionalLong expires,
    String written) {

  /** More would only make us work. */
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

  /** Reads a member of {@code Signature-Input}; null when it is of another kind. */
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
