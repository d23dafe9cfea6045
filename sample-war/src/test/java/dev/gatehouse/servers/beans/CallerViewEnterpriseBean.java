package dev.gatehouse.servers.beans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** An enterprise bean with the request. */
@Stateless
public class CallerViewEnterpriseBean {
  @Inject HttpServletRequest request;

  /** Returns what it shows. */
  public String read() {
    return CallerView.by(request);
  }
}
