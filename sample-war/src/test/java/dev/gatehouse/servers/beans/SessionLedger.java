package dev.gatehouse.servers.beans;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

/** A bean that a server may passivate. */
@SessionScoped
@KeyAuth
public class SessionLedger implements Serializable {
  private static final long serialVersionUID = 1L;

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
