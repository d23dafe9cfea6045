package dev.gatehouse.internal.runtime;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The protected servlet: says that it ran, and all that it sees of its caller. */
public final class ProbeServlet extends HttpServlet {
  /** Is part of each response of the servlet and of no other. */
  public static final String MARKER = "PROTECTED-BODY";

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> seen = new TreeMap<>();
    if ("POST".equals(request.getMethod()) && request.getHeader("read-body") != null) {
      seen.put(
          "body",
          new String(
              request.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      seen.put("trailers", request.getTrailerFields());
    }
    seen.put("consumer", Consumers.of(request).map(Consumer::username).orElse("-"));
    seen.put("credential", Consumers.credentialOf(request).map(Credential::id).orElse("-"));
    seen.put("principal", String.valueOf(request.getUserPrincipal()));
    seen.put("user", String.valueOf(request.getRemoteUser()));
    seen.put("auth", String.valueOf(request.getAuthType()));
    seen.put("admin", request.isUserInRole("admin"));
    seen.put("query", String.valueOf(request.getQueryString()));
    seen.put("dispatch", request.getDispatcherType());
    seen.put(
        "header names",
        Collections.list(request.getHeaderNames()).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> name.startsWith("x-c"))
            .sorted()
            .toList());
    for (String name : Collections.list(request.getHeaderNames())) {
      seen.put(
          "header " + name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
    }
    for (String name :
        new String[] {
          "x-consumer-username", "X-Credential-Identifier", "X-CONSUMER-CUSTOM-ID", "apikey"
        }) {
      seen.put(
          "get " + name,
          request.getHeader(name) + " " + Collections.list(request.getHeaders(name)));
    }
    request
        .getParameterMap()
        .forEach((name, values) -> seen.put("param " + name, String.join(",", values)));
    seen.put("apikey param", String.valueOf(request.getParameter("apikey")));
    seen.put("param names", new java.util.TreeSet<>(Collections.list(request.getParameterNames())));
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(MARKER);
    seen.forEach(
        (key, value) -> {
          try {
            response.getWriter().println(key + ": " + value);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }
}
