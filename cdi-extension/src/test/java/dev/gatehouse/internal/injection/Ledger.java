package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.cdi.Caller;
import dev.gatehouse.cdi.TokenClaims;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.Principal;

/** A bean that outlives every request and reads the caller at each call. */
@ApplicationScoped
class Ledger {
  @Inject Consumer consumer;
  @Inject Credential credential;
  @Inject Caller caller;
  @Inject Instance<Consumer> lookup;
  @Inject Principal principal;
  @Inject TokenClaims claims;

  String entry() {
    return consumer.getName() + '/' + consumer.labels().get("tier") + '/' + credential.id();
  }

  String optional() {
    return caller.consumer().map(Consumer::username).orElse("stranger")
        + '/'
        + caller.credential().map(Credential::id).orElse("none");
  }

  String lookedUp() {
    return lookup.isResolvable() + "/" + lookup.get().username();
  }

  String subject() {
    return claims.text("sub").orElse("none") + '/' + claims.asMap() + '/' + claims;
  }

  String principalName() {
    return principal.getName();
  }
}
