package dev.gatehouse.servers.annotated;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An annotated servlet. */
@WebServlet("/vault/*")
@KeyAuth
public class VaultServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print(CallerText.by(request, request.getUserPrincipal()));
  }
}
