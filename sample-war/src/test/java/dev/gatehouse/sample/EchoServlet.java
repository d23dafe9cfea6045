package dev.gatehouse.sample;

import dev.gatehouse.Consumer;
import dev.gatehouse.cdi.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

/** Shows what an application sees of a request, once its body was read; one fact a line. */
@WebServlet({"/api/echo", "/open/echo"})
public class EchoServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String body =
        new String(
            request.getInputStream().readAllBytes(),
            request.getCharacterEncoding() == null ? "UTF-8" : request.getCharacterEncoding());
    response.setContentType("text/plain;charset=UTF-8");
    PrintWriter out = response.getWriter();
    out.println("echo reached");
    out.println("injected=" + caller.consumer().map(Consumer::username).orElse("-"));
    out.println(
        "principal="
            + (request.getUserPrincipal() == null ? "-" : request.getUserPrincipal().getName()));
    out.println("body=" + body);
    out.println("query=" + request.getQueryString());
    for (String name : Collections.list(request.getHeaderNames())) {
      out.println(
          "header "
              + name.toLowerCase(Locale.ROOT)
              + '='
              + Collections.list(request.getHeaders(name)));
    }
    for (String asked :
        new String[] {
          "apikey", "X-Consumer-Username", "X-Credential-Identifier", "X-Consumer-Custom-ID"
        }) {
      out.println("asked " + asked + '=' + request.getHeader(asked));
    }
    request
        .getParameterMap()
        .forEach((name, values) -> out.println("param " + name + '=' + Arrays.toString(values)));
    if (request.isTrailerFieldsReady()) {
      out.println("trailers=" + request.getTrailerFields());
    }
  }
}
