package dev.gatehouse.internal.request;

import dev.gatehouse.internal.runtime.FilterRuntimeSource;
import dev.gatehouse.internal.runtime.RunningFilters;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides about every forward to a servlet, and every include of it, like about a request.
 *
 * <p>A filter mapping of {@code web.xml} receives such a dispatch only if it lists it, and a
 * mapping to a URL pattern never receives a dispatch by the servlet's name. A dispatch to a path is
 * decided by that path. A dispatch by name is decided by each mapping of the servlet, and every
 * matching Route must admit it; if a mapping has no Route, the servlet is open. Safe for use by
 * several threads.
 */
public final class DispatchFilter implements Filter {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String NAME = "gatehouse of dispatches to ";

  private final ServletContext context;
  private final String servlet;
  private final VerdictEnforcer enforcer = new VerdictEnforcer();

  private DispatchFilter(ServletContext context, String servlet) {
    this.context = context;
    this.servlet = servlet;
  }

  /** A decision of a gate about a path, or about the request's path if it is null. */
  private record Question(FilterRuntimeSource source, @Nullable String path) {}

  /** Registers a filter for each servlet, including those that listeners of the application add. */
  public static void register(ServletContext context) {
    guardServlets(context);
    if (context.getAttribute(NAME) == null) {
      context.setAttribute(NAME, true);
      context.addListener(new LateServlets(context));
    }
  }

  private static void guardServlets(ServletContext context) {
    for (String servlet : context.getServletRegistrations().keySet()) {
      if (context.getFilterRegistration(NAME + servlet) == null) {
        FilterRegistration.@Nullable Dynamic filter =
            context.addFilter(NAME + servlet, new DispatchFilter(context, servlet));
        if (filter != null) {
          filter.setAsyncSupported(true);
          filter.addMappingForServletNames(
              EnumSet.of(DispatcherType.FORWARD, DispatcherType.INCLUDE), false, servlet);
        }
      }
    }
  }

  /** Registers filters for servlets that were added after the initializers. */
  private static final class LateServlets implements ServletContextListener {
    /** The initializer's context, because that of a listener refuses to add filters. */
    private final ServletContext context;

    LateServlets(ServletContext context) {
      this.context = context;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
      try {
        guardServlets(context);
      } catch (IllegalStateException | UnsupportedOperationException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a listener has added servlets; a dispatch to them by their names is not judged",
            e);
      }
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse)) {
      throw new ServletException("Gatehouse serves HTTP only");
    }
    FilterChain next = chain;
    for (Question question : questions(http)) {
      FilterChain inner = next;
      next = (seen, answer) -> ask(question, seen, answer, inner);
    }
    next.doFilter(request, response);
  }

  @Override
  public void destroy() {
    enforcer.close();
  }

  private void ask(
      Question question, ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    enforcer.serve(
        question.source().site(request),
        new Dispatch(
            (HttpServletRequest) request, (HttpServletResponse) response, chain, question.path()));
  }

  private Set<Question> questions(HttpServletRequest request) {
    RunningFilters filters = RunningFilters.of(context);
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    Set<Question> questions = new LinkedHashSet<>();
    Collection<String> paths = isByPath(request, included) ? List.of() : mapped(request);
    if (paths.isEmpty()) {
      filters
          .covering(path(request, included), servlet)
          .forEach(source -> questions.add(new Question(source, null)));
    }
    for (String path : paths) {
      List<FilterRuntimeSource> sources = filters.covering(path, servlet).toList();
      if (sources.stream().noneMatch(source -> source.site(request).gate().protects(path))) {
        return Set.of();
      }
      sources.forEach(source -> questions.add(new Question(source, path)));
    }
    return questions;
  }

  /**
   * If the server does not report it, the dispatch counts as one by name, which is the strict
   * choice.
   */
  private boolean isByPath(HttpServletRequest request, boolean included) {
    @Nullable Object mapping =
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
            : request.getHttpServletMapping();
    return mapping instanceof HttpServletMapping found && servlet.equals(found.getServletName());
  }

  private static String path(HttpServletRequest request, boolean included) {
    @Nullable Object path =
        included ? request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) : null;
    return path instanceof String text
        ? joined(text, request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO))
        : joined(request.getServletPath(), request.getPathInfo());
  }

  private static String joined(String path, @Nullable Object rest) {
    return rest instanceof String text ? path + text : path;
  }

  /** Returns a path for each mapping of the servlet, as a client would request it. */
  private Collection<String> mapped(HttpServletRequest request) {
    Set<String> paths = new TreeSet<>();
    @Nullable ServletRegistration registration = context.getServletRegistration(servlet);
    if (registration != null) {
      for (String mapping : registration.getMappings()) {
        paths.add(path(mapping, request));
      }
    }
    return paths;
  }

  private static String path(String mapping, HttpServletRequest request) {
    if (mapping.equals("/")) {
      return joined(request.getServletPath(), request.getPathInfo());
    }
    if (mapping.startsWith("*.")) {
      return "/" + mapping.substring(1);
    }
    String path =
        mapping.endsWith("/*")
            ? joined(mapping.substring(0, mapping.length() - 2), request.getPathInfo())
            : mapping;
    return path.isEmpty() ? "/" : path;
  }
}
