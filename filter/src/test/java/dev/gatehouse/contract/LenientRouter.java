package dev.gatehouse.contract;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A router that serves a protected resource if any reading of the raw path leads to it: as it was
 * sent, without path parameters, decoded once or twice, and each of them normalized too.
 */
public final class LenientRouter extends HttpServlet {
  /** In every answer of the protected resource and nowhere else. */
  public static final String PROTECTED = "PROTECTED-BODY";

  /** In every answer of the router and nowhere else. */
  public static final String OPEN = "OPEN-BODY";

  @Serial private static final long serialVersionUID = 1L;

  private final String resource;

  /**
   * Creates the router.
   *
   * @param resource the path of the protected resource, with the context path
   */
  public LenientRouter(String resource) {
    this.resource = resource;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object included = request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI);
    String path = included instanceof String uri ? uri : request.getRequestURI();
    boolean found = readings(path).anyMatch(this::leadsToResource);
    response.setContentType("text/plain");
    response.getWriter().print(OPEN + ' ' + (found ? PROTECTED : ""));
  }

  private boolean leadsToResource(String path) {
    return path.equals(resource) || path.startsWith(resource + '/');
  }

  private static Stream<String> readings(String raw) {
    Set<String> all = new LinkedHashSet<>(Set.of(raw));
    for (int i = 0; i < 3; i++) {
      all.addAll(
          all.stream()
              .flatMap(
                  path ->
                      Stream.of(
                          path.replaceAll(";[^/]*", ""),
                          path.replace('\\', '/'),
                          path.replaceAll("/+", "/"),
                          decoded(path),
                          normalized(path)))
              .collect(Collectors.toSet()));
    }
    return all.stream();
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static String normalized(String path) {
    try {
      return Path.of(path).normalize().toString();
    } catch (InvalidPathException e) {
      return path;
    }
  }
}
