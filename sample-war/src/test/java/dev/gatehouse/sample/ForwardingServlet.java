package dev.gatehouse.sample;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands a request on to the path {@code to}, or to the servlet {@code name}. */
@WebServlet(
    urlPatterns = {"/open/onward", "/low/onward"},
    asyncSupported = true)
public class ForwardingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String to = request.getParameter("to");
    RequestDispatcher there =
        to == null
            ? getServletContext().getNamedDispatcher(request.getParameter("name"))
            : getServletContext().getRequestDispatcher(to);
    switch (request.getParameter("how")) {
      case "forward" -> there.forward(request, response);
      case "include" -> there.include(request, response);
      default -> {
        if (request.getDispatcherType() != DispatcherType.ASYNC) {
          request.startAsync().dispatch(to);
        }
      }
    }
  }
}
