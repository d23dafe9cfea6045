package dev.gatehouse.servlet;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.request.Dispatch;
import dev.gatehouse.internal.request.VerdictEnforcer;
import dev.gatehouse.internal.runtime.FilterRuntimeSource;
import dev.gatehouse.internal.runtime.RunningFilters;
import dev.gatehouse.internal.start.EagerStart;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The servlet filter. It passes every request to the gate and enforces the verdict.
 *
 * <p>A failure is answered with 5xx and the application does not run: 503 if the store could not
 * answer, otherwise 500. The filter is configured by {@code web.xml}, by {@code
 * /WEB-INF/gatehouse.yaml} or by {@link #builder()}. Safe for use by several threads.
 */
public sealed class ConsumerFilter implements Filter permits BuiltFilter {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");

  private final VerdictEnforcer enforcer = new VerdictEnforcer();
  private volatile @Nullable FilterRuntimeSource source;
  private volatile @Nullable RunningFilters running;

  /** Creates a filter that the container configures by {@link #init}. */
  public ConsumerFilter() {}

  ConsumerFilter(FilterRuntimeSource source) {
    this.source = source;
  }

  /** Returns a builder of a filter that is configured in code. */
  public static FilterBuilder builder() {
    return new FilterBuilder();
  }

  /**
   * Uses the configuration that was read at the start of the application, or reads it now.
   *
   * <p>It does not throw if the configuration has problems, or if requests could bypass the filters
   * of Gatehouse, because a server may then run the application without this filter. It logs the
   * problems and answers every request with 500.
   */
  @Override
  public void init(FilterConfig config) {
    open(config);
    FilterRuntimeSource open = source;
    if (open != null) {
      RunningFilters others = RunningFilters.of(config.getServletContext());
      others.add(config, open);
      open.enter(config.getServletContext());
      running = others;
    }
  }

  private void open(FilterConfig config) {
    FilterRuntimeSource early = EagerStart.take(config);
    FilterRuntimeSource built = source;
    try {
      source = EagerStart.source(config, early, built);
    } catch (ServletException | ConfigException e) {
      source = null;
      LOG.log(System.Logger.Level.ERROR, "every request is refused: " + e.getMessage());
      EagerStart.refuseAll(config);
    }
  }

  /** Closes the store and ends all threads. Delayed requests are answered with 503. */
  @Override
  public void destroy() {
    enforcer.close();
    FilterRuntimeSource open = source;
    RunningFilters others = running;
    source = null;
    if (others != null && open != null) {
      others.remove(open);
    }
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    FilterRuntimeSource open = source;
    if (open == null
        || !(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("Gatehouse is not configured, or the request is not HTTP");
    }
    enforcer.serve(open.site(http), new Dispatch(http, answer, chain, null));
  }
}
