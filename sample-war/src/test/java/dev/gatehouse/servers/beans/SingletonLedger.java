package dev.gatehouse.servers.beans;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import jakarta.ejb.Singleton;

/** An enterprise bean. */
@Singleton
@KeyAuth
public class SingletonLedger {
  /** For all with a key. */
  public String read() {
    return "protected ledger";
  }

  /** For admins alone. */
  @Acl(allow = "roles:admin")
  public String audit() {
    return "protected audit";
  }
}
