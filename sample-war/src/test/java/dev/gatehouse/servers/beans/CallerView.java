package dev.gatehouse.servers.beans;

import jakarta.servlet.http.HttpServletRequest;

/** What a request shows of its caller. */
final class CallerView {
  private CallerView() {}

  static String by(HttpServletRequest request) {
    return "user="
        + request.getHeader("X-Consumer-Username")
        + " principal="
        + (request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName())
        + " key="
        + request.getHeader("apikey")
        + " query="
        + request.getQueryString()
        + " parameter="
        + request.getParameter("apikey")
        + " path="
        + request.getRequestURI();
  }
}
