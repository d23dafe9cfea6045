package dev.gatehouse.internal.auth.jwt;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK Set (RFC 7517 section 5) that verify tokens of one algorithm.
 *
 * <p>Keys for other purposes and malformed keys are ignored, as the RFC requires. If two keys have
 * the same id, both are ignored, because a token could mean either.
 *
 * @param byId the keys by their ids
 * @param only the key if the set has exactly one; otherwise null
 */
record JwkSet(Map<String, JwtKey> byId, @Nullable JwtKey only) {
  private static final int MAX = 100;

  /** Copies the map. */
  JwkSet {
    byId = Map.copyOf(byId);
  }

  /** Parses a set. Returns null if the bytes are malformed or contain no usable key. */
  static @Nullable JwkSet read(JwtAlgorithm algorithm, byte[] utf8) {
    Map<String, @Nullable Object> set = JwtToken.JSON.objectOrNull(utf8);
    if (set == null || !(set.get("keys") instanceof List<?> members) || members.size() > MAX) {
      return null;
    }
    List<JwtKey> found = new ArrayList<>();
    Map<String, JwtKey> byId = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Object each : members) {
      JwtKey read = each instanceof Map<?, ?> key ? read(algorithm, key) : null;
      if (read != null) {
        found.add(read);
        Object id = ((Map<?, ?>) each).get("kid");
        if (id instanceof String text && byId.put(text, read) != null) {
          twice.add(text);
        }
      }
    }
    byId.keySet().removeAll(twice);
    return found.isEmpty() ? null : new JwkSet(byId, found.size() == 1 ? found.get(0) : null);
  }

  /** Returns the key of an id, or the only key if the token names none, or null. */
  @Nullable JwtKey key(@Nullable String id) {
    return id == null ? only : byId.get(id);
  }

  private static @Nullable JwtKey read(JwtAlgorithm algorithm, Map<?, ?> members) {
    try {
      return JwtKeyReader.of(algorithm, JsonWebKey.read(algorithm, members));
    } catch (GeneralSecurityException e) {
      return null;
    }
  }
}
