package dev.gatehouse.servers.identity;

import dev.gatehouse.Consumer;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Says who calls: by the request, by injection, and by the container's own request. */
@WebServlet("/witness")
public class WitnessServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Inject transient Consumer consumer;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    response.setContentType("text/plain");
    response
        .getWriter()
        .print(
            "request=%s reader=%s injected=%s container=%s"
                .formatted(
                    name(request.getUserPrincipal()),
                    request.isUserInRole("reader"),
                    consumer.username(),
                    name(((HttpServletRequest) inner).getUserPrincipal())));
  }

  private static String name(@Nullable Principal principal) {
    return principal == null ? "nobody" : principal.getName();
  }
}
