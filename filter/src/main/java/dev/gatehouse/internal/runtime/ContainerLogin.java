package dev.gatehouse.internal.runtime;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.internal.engine.Identity;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.request.ApplicationScope;
import dev.gatehouse.internal.request.ReplyWriter;
import dev.gatehouse.internal.start.EagerStart;
import dev.gatehouse.servlet.GatehouseInitializer;
import dev.gatehouse.spi.plugin.Permit;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * The identification of callers for an authentication mechanism of the container, before the
 * filters.
 *
 * <p>It uses the gates of the filters and stores the result with the request, so that a credential
 * is verified once and an attempt counts once. It does not admit requests: the filters decide.
 */
public final class ContainerLogin {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");
  private static final String COVERED = "dev.gatehouse.covered";

  private ContainerLogin() {}

  /**
   * Returns whether a filter of Gatehouse handles every request of an application.
   *
   * <p>It is false if the application requires Routes and its web.xml excludes our initializer,
   * which some servers do not report at the start. Every request must be refused then.
   */
  public static boolean isCovered(ServletContext context) {
    if (EagerStart.isDone(context)) {
      return true;
    }
    if (context.getAttribute(COVERED) instanceof Boolean known) {
      return known;
    }
    boolean covered = true;
    try {
      GatehouseInitializer.requireFilter(context);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.ERROR, "every request is refused: " + e.getMessage());
      covered = false;
    }
    context.setAttribute(COVERED, covered);
    return covered;
  }

  /**
   * Identifies the caller of a request. Further calls return the same result.
   *
   * <p>If the store is down, the result is {@link EarlyIdentification.Unidentified}, and the filter
   * answers 5xx.
   */
  public static EarlyIdentification identify(HttpServletRequest request) {
    ApplicationRuntime application = ApplicationRuntime.open(request.getServletContext());
    if (application == null || !application.hasContainerIdentity()) {
      return new EarlyIdentification.NotAsked();
    }
    ApplicationScope scope = ApplicationScope.of(request);
    Identity admitted = scope.admission().identity();
    if (admitted != null) {
      return new EarlyIdentification.Identified(admitted);
    }
    EarlyIdentification known = scope.early();
    if (known != null) {
      return known;
    }
    EarlyIdentification found = identify(application, scope, request);
    scope.identify(found);
    return found;
  }

  /** Returns the roles of a Consumer in the application of a request. */
  public static Set<String> rolesOf(Consumer consumer, HttpServletRequest request) {
    ApplicationRuntime application = ApplicationRuntime.open(request.getServletContext());
    return application == null ? Set.of() : Set.copyOf(application.roles().of(consumer));
  }

  /**
   * Writes the refusal of a {@linkplain EarlyIdentification.Refused refused} request that the
   * container does not pass to the filter.
   */
  public static void refuse(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApplicationRuntime application = ApplicationRuntime.open(request.getServletContext());
    if (application == null) {
      return;
    }
    ApplicationScope scope = ApplicationScope.of(request);
    for (FilterRuntime site : application.covering(request)) {
      Verdict verdict = application.invoker().decide(site, request, scope, null);
      if (verdict instanceof Verdict.Refuse refuse) {
        ReplyWriter.write(request, response, refuse.reply());
        return;
      }
      if (verdict instanceof Verdict.Admit admitted) {
        admitted.permits().forEach(Permit::release);
      }
    }
  }

  private static EarlyIdentification identify(
      ApplicationRuntime application, ApplicationScope scope, HttpServletRequest request) {
    try {
      for (FilterRuntime site : application.covering(request)) {
        EarlyIdentification found = application.invoker().identify(site, request, scope);
        if (!(found instanceof EarlyIdentification.NotAsked)) {
          return found;
        }
      }
      return new EarlyIdentification.NotAsked();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not identify the caller", e);
      return new EarlyIdentification.Unidentified();
    }
  }
}
