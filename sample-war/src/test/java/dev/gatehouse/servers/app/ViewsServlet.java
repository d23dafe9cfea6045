package dev.gatehouse.servers.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes the caller as a servlet sees it; the last two are behind a security constraint as well.
 */
@WebServlet({"/views/*", "/open/*", "/constrained/*", "/constrained-open/*"})
public class ViewsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().write(new Views(request).text());
  }
}
