package dev.gatehouse.servers.unenforced;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An open servlet in front of what a producer delivers. */
@WebServlet("/delivered")
public class DeliveredServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject Delivered delivered;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print(delivered.read());
  }
}
