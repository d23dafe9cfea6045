package dev.gatehouse.sample;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.cdi.Caller;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says who came in by which credential plugin; each path below it has another one. */
@WebServlet("/ways/*")
public class WaysInServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String body =
        Json.createObjectBuilder()
            .add("consumer", caller.consumer().map(Consumer::username).orElse("nobody"))
            .add("by", caller.credential().map(Credential::plugin).orElse("nothing"))
            .build()
            .toString();
    response.setContentType("application/json");
    response.getWriter().println(body);
  }
}
