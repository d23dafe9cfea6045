package dev.gatehouse.servers.annotated;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** An open servlet in front of a guarded bean, which it also calls from where it must not. */
@WebServlet("/ledger/*")
public class LedgerServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject Ledger ledger;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean elsewhere = "/elsewhere".equals(request.getPathInfo());
    response.getWriter().print(elsewhere ? elsewhere() : ledger.read());
  }

  private String elsewhere() {
    try {
      return CompletableFuture.supplyAsync(ledger::read).join();
    } catch (CompletionException e) {
      return "refused by " + e.getCause().getClass().getSimpleName();
    }
  }
}
