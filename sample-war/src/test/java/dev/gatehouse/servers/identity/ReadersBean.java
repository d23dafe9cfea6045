package dev.gatehouse.servers.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;

/** For readers alone. */
@Stateless
@RolesAllowed("reader")
public class ReadersBean {
  /** Answers readers. */
  public String text() {
    return "protected";
  }
}
