package dev.gatehouse.internal.request;

import dev.gatehouse.internal.runtime.FilterRuntime;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One dispatch of a request, and what it holds.
 *
 * @param path the decoded path below the context path by which the dispatch is judged, or null for
 *     its own
 */
public record Exchange(
    HttpServletRequest request,
    HttpServletResponse response,
    FilterChain chain,
    RequestPermits permits,
    @Nullable String path) {

  /** Runs the application. */
  void goOn(FilterRuntime site) throws IOException, ServletException {
    chain.doFilter(seen(site), response);
  }

  /** Returns the request as the application sees it. */
  HttpServletRequest seen(FilterRuntime site) {
    HttpServletRequest replayed = BufferedBody.replayed(request);
    if (ConsumerRequest.isAround(replayed)) {
      return replayed;
    }
    ConsumerRequest seen = new ConsumerRequest(replayed, response, site.roles());
    Consumers.show(seen);
    return seen;
  }
}
