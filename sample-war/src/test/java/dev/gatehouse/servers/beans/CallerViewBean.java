package dev.gatehouse.servers.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** A bean with the request. */
@ApplicationScoped
public class CallerViewBean {
  @Inject HttpServletRequest request;

  /** Returns what it shows. */
  public String read() {
    return CallerView.by(request);
  }
}
