package dev.gatehouse.internal.injection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** A bean that asks the injected request. */
@ApplicationScoped
class RequestBean {
  @Inject HttpServletRequest request;

  String read() {
    return "user="
        + request.getHeader("X-Consumer-Username")
        + " key="
        + request.getHeader("apikey")
        + " query="
        + request.getQueryString()
        + " parameter="
        + request.getParameter("apikey")
        + " attached="
        + request.getHeader("X-Tier");
  }
}
