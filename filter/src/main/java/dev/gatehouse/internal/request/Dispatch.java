package dev.gatehouse.internal.request;

import dev.gatehouse.internal.runtime.FilterRuntime;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A dispatch of a request in a filter. Not safe for use by several threads. */
public final class Dispatch {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final FilterChain chain;
  private final @Nullable String path;
  private final Thread thread = Thread.currentThread();
  private final RequestPermits permits = new RequestPermits();

  /**
   * Creates a dispatch of the calling thread.
   *
   * @param path the decoded path below the context path for the decision, or null for the request's
   */
  public Dispatch(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      @Nullable String path) {
    this.request = request;
    this.response = response;
    this.chain = chain;
    this.path = path;
  }

  HttpServletRequest request() {
    return request;
  }

  public HttpServletResponse response() {
    return response;
  }

  @Nullable String path() {
    return path;
  }

  /** Returns the permits of the request. */
  public RequestPermits permits() {
    return permits;
  }

  boolean isRunBy(Thread other) {
    return thread == other;
  }

  /** Runs the application. */
  void proceed(FilterRuntime site, ApplicationScope scope) throws IOException, ServletException {
    chain.doFilter(seen(site, scope), response);
  }

  /** Returns the request as the application sees it. */
  HttpServletRequest seen(FilterRuntime site, ApplicationScope scope) {
    HttpServletRequest replayed = BufferedBody.replayed(request);
    if (ConsumerRequest.isAround(replayed, scope)) {
      return replayed;
    }
    ConsumerRequest seen = new ConsumerRequest(replayed, response, scope, site.roles());
    scope.show(seen);
    return seen;
  }
}
