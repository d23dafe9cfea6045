package dev.gatehouse.internal.injection;

import dev.gatehouse.cdi.TokenClaims;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A view of the claims of the request that the calling thread serves. */
public final class CurrentClaims implements TokenClaims {
  private static final String ATTRIBUTE = "dev.gatehouse.jwt.claims";

  private final CurrentCaller caller;

  public CurrentClaims(CurrentCaller caller) {
    this.caller = caller;
  }

  @Override
  public Map<String, Object> asMap() {
    if (caller.attribute(ATTRIBUTE).orElse(null) instanceof Map<?, ?> found) {
      Map<String, Object> claims = new LinkedHashMap<>();
      found.forEach((name, value) -> claims.put((String) name, value));
      return Collections.unmodifiableMap(claims);
    }
    throw new IllegalStateException(
        "This request has no claims: its Route has no jwt-auth with store_in_ctx set to true, or"
            + " the caller was identified in another way.");
  }

  @Override
  public String toString() {
    return "TokenClaims";
  }
}
