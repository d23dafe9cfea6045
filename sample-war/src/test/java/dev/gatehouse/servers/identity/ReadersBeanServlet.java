package dev.gatehouse.servers.identity;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Calls an enterprise bean. */
@WebServlet("/readers")
@SuppressWarnings("NullAway.Init")
public class ReadersBeanServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @EJB transient ReadersBean bean;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      response.getWriter().print(bean.text());
    } catch (EJBAccessException e) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }
}
