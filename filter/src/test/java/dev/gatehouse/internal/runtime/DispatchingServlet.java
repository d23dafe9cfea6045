package dev.gatehouse.internal.runtime;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A servlet that hands its request on: to the path {@code to} or the servlet {@code name}, in the
 * application {@code context}, in the way {@code how} ({@code forward} unless given).
 */
final class DispatchingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String how = request.getParameter("how");
    if ("async".equals(how)) {
      if (request.getDispatcherType() != DispatcherType.ASYNC) {
        request.startAsync().dispatch(request.getParameter("to"));
      }
    } else if ("error".equals(how)) {
      response.sendError(Integer.parseInt(request.getParameter("to")));
    } else if ("include".equals(how)) {
      response.setContentType("text/plain");
      dispatcher(request).include(request, response);
    } else {
      dispatcher(request).forward(request, response);
    }
  }

  private RequestDispatcher dispatcher(HttpServletRequest request) {
    String other = request.getParameter("context");
    ServletContext context =
        other == null ? getServletContext() : getServletContext().getContext(other);
    String name = request.getParameter("name");
    return name == null
        ? context.getRequestDispatcher(request.getParameter("to"))
        : context.getNamedDispatcher(name);
  }
}
