package dev.gatehouse.servers.identity;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** Knows its caller. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class CallerBean {
  @Resource SessionContext context;

  /** The caller's name. */
  public String caller() {
    return context.getCallerPrincipal().getName();
  }
}
