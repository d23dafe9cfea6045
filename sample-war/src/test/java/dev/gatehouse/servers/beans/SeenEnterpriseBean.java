package dev.gatehouse.servers.beans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** An enterprise bean with the request. */
@Stateless
public class SeenEnterpriseBean {
  @Inject HttpServletRequest request;

  /** What it shows. */
  public String read() {
    return Seen.by(request);
  }
}
