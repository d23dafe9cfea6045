package dev.gatehouse.servers.beans;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Calls each of the beans. */
@WebServlet({"/ledgers/*", "/seen/*"})
public class LedgersServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject StatelessLedger stateless;
  @Inject StatefulLedger stateful;
  @Inject SingletonLedger singleton;
  @Inject SessionLedger session;
  @Inject CallerViewBean seen;
  @Inject CallerViewEnterpriseBean seenEnterprise;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response
        .getWriter()
        .print(
            switch (request.getServletPath() + request.getPathInfo()) {
              case "/ledgers/stateless" -> stateless.read();
              case "/ledgers/stateful" -> stateful.read();
              case "/ledgers/singleton" -> singleton.read();
              case "/ledgers/session" -> session.read();
              case "/ledgers/stateless/audit" -> stateless.audit();
              case "/ledgers/stateful/audit" -> stateful.audit();
              case "/ledgers/singleton/audit" -> singleton.audit();
              case "/ledgers/session/audit" -> session.audit();
              case "/seen/bean" -> seen.read();
              case "/seen/enterprise" -> seenEnterprise.read();
              default -> CallerView.by(request);
            });
  }
}
