package dev.gatehouse.sample;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What callers of the high tier may reach. */
@WebServlet(name = "vault", urlPatterns = "/vault/*", asyncSupported = true)
public class VaultServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print("VAULT " + request.getPathInfo() + request.getParameter("role"));
  }
}
