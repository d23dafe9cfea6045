package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.injection.Visible;
import dev.gatehouse.servlet.GatehouseInitializer;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servlets and filters that listeners of the application have registered. Annotated servlets
 * get their filters; annotations that cannot be enforced stop the start.
 *
 * <p>A server may forbid listeners to query registrations. Then the check runs when filters start.
 * At that point no server reliably stops an application, so a problem refuses every request.
 */
final class LateRegistrations implements Filter {
  static final String NAME = "gatehouse of annotations";

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String APPLICATION = "jakarta.ws.rs.Application";

  private final ServletContext context;
  private final ServletGuards servlets;
  private boolean checked;
  private volatile @Nullable String mistake;

  /**
   * @param context the context of the initializer, because that of a listener refuses queries
   */
  LateRegistrations(ServletContext context, ServletGuards servlets) {
    this.context = context;
    this.servlets = servlets;
  }

  /**
   * Checks all registrations.
   *
   * @param mistakes receives annotations that cannot be enforced
   */
  void check(ConfigProblems mistakes) {
    try {
      boolean added = servlets.addMissing(mistakes);
      reportWrong(mistakes);
      if (added) {
        new GatehouseInitializer().onStartup(null, context);
      }
      checked = true;
    } catch (UnsupportedOperationException forbidden) {
      LOG.log(System.Logger.Level.DEBUG, "registrations are checked by a filter", forbidden);
    } catch (ServletException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public void init(FilterConfig config) {
    if (checked) {
      return;
    }
    try {
      ConfigProblems mistakes = new ConfigProblems();
      boolean added = servlets.addMissing(mistakes);
      reportWrong(mistakes);
      mistakes.throwIfAny();
      if (added) {
        mistake = "The filter of an annotated servlet came too late";
      }
    } catch (RuntimeException e) {
      mistake = e instanceof ConfigException ? e.getMessage() : e.toString();
    }
    if (mistake != null) {
      LOG.log(System.Logger.Level.ERROR, "every request is refused: " + mistake);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (mistake != null) {
      throw new ServletException("Annotations of Gatehouse are not enforced; see the log");
    }
    chain.doFilter(request, response);
  }

  /** Reports annotations of filters and REST applications, including inherited ones. */
  private void reportWrong(ConfigProblems mistakes) {
    Stream<String> filters =
        context.getFilterRegistrations().values().stream()
            .map(FilterRegistration::getClassName)
            .flatMap(Stream::ofNullable);
    Stream<String> applications =
        context.getServletRegistrations().values().stream()
            .flatMap(LateRegistrations::applications);
    Stream.concat(filters, applications)
        .distinct()
        .map(name -> Visible.load(name, context))
        .flatMap(Stream::ofNullable)
        .filter(type -> AnnotationPlacement.of(type) == AnnotationPlacement.Place.WRONG)
        .forEach(type -> AnnotationPlacement.report(type, mistakes));
  }

  /** Jakarta REST uses the application's class name as the servlet's name or as a parameter. */
  private static Stream<String> applications(ServletRegistration servlet) {
    return Stream.concat(
        Stream.ofNullable(servlet.getName()),
        Stream.ofNullable(servlet.getInitParameter(APPLICATION)));
  }
}
