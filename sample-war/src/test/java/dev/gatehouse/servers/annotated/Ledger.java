package dev.gatehouse.servers.annotated;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean that is called from places that are open. */
@ApplicationScoped
public class Ledger {
  /** For readers with a key. */
  @KeyAuth
  @Acl(allow = "roles:reader")
  public String read() {
    return "protected ledger";
  }

  /** For everybody. */
  public String title() {
    return "ledger";
  }
}
