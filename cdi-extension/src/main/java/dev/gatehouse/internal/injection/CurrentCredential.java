package dev.gatehouse.internal.injection;

import dev.gatehouse.Credential;
import dev.gatehouse.cdi.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A view of the Credential of the request that the calling thread serves. */
public final class CurrentCredential implements Credential {
  private final Caller caller;

  public CurrentCredential(Caller caller) {
    this.caller = caller;
  }

  private Credential now() {
    return caller
        .credential()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No Credential was proved for this request: its Consumer is anonymous, or no"
                        + " Gatehouse route with a credential plugin (as key-auth) covers its path."
                        + " Where a Credential is optional, inject dev.gatehouse.cdi.Caller and ask"
                        + " its credential()."));
  }

  @Override
  public String id() {
    return now().id();
  }

  @Override
  public String name() {
    return now().name();
  }

  @Override
  public String plugin() {
    return now().plugin();
  }

  @Override
  public Optional<String> description() {
    return now().description();
  }

  @Override
  public Map<String, String> labels() {
    return now().labels();
  }

  @Override
  public Optional<Instant> notBefore() {
    return now().notBefore();
  }

  @Override
  public Optional<Instant> expiresAt() {
    return now().expiresAt();
  }

  @Override
  public boolean disabled() {
    return now().disabled();
  }

  @Override
  public String toString() {
    return now().toString();
  }
}
