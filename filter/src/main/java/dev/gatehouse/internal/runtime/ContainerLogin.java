package dev.gatehouse.internal.runtime;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.engine.Foreknown;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.property.PropertySources;
import dev.gatehouse.internal.request.OwnAttribute;
import dev.gatehouse.internal.request.ReplyWriter;
import dev.gatehouse.servlet.Consumers;
import dev.gatehouse.servlet.GatehouseInitializer;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.plugin.Permit;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an authentication mechanism of the container asks before the filters run: who sends this
 * request?
 *
 * <p>The same gates are asked as later by the filters, and what they find out is kept with the
 * request, so that a credential is judged once and an attempt counts once, however often the
 * container asks. Nothing is admitted here: the filters still decide.
 */
public final class ContainerLogin {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");
  private static final String FOREKNOWN = "dev.gatehouse.foreknown";
  private static final String FINDING = "dev.gatehouse.finding";

  private static final String COVERED = "dev.gatehouse.covered";

  private ContainerLogin() {}

  /**
   * Whether {@code gatehouse.container-identity} is {@code false} where it can be read before there
   * is an application: in MicroProfile Config, the system properties or the environment.
   */
  public static boolean isSwitchedOff() {
    return new PropertySources(
            PropertySources.ofProcess(), SecretReferences.ofProcess(), new ConfigProblems())
        .get(GatehouseProperties.CONTAINER_IDENTITY)
        .filter(text -> text.strip().equals("false"))
        .isPresent();
  }

  /**
   * Returns whether a filter of ours sees every request of an application, so that its Routes hold.
   *
   * <p>It is false where the application wants Routes and its web.xml excludes our initializer,
   * which some servers tell to nothing that runs at the start. Every request must be refused then.
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

  /** What was found out. */
  public sealed interface Finding {
    /** No Route asks who sends the request: it is the container's and the application's affair. */
    record Nobody() implements Finding {}

    /**
     * A Consumer sends it.
     *
     * @param roles its roles
     */
    record Known(Consumer consumer, Set<String> roles) implements Finding {
      /** Copies the roles. */
      public Known {
        roles = Set.copyOf(roles);
      }
    }

    /**
     * The filter will refuse it.
     *
     * @param nothingPresented whether there was no credential of ours, so that it may have one that
     *     the application knows
     */
    record Refused(boolean nothingPresented) implements Finding {}
  }

  /**
   * Finds out who sends a request; the same answer for every further question about it.
   *
   * <p>When it cannot be found out, as when the store is away, the request counts as refused, which
   * the filter answers with 5xx.
   */
  public static Finding of(HttpServletRequest request) {
    ApplicationRuntime application = ApplicationRuntime.open(request.getServletContext());
    if (application == null || !application.tellsContainer()) {
      return new Finding.Nobody();
    }
    Consumer admitted = Consumers.passage(request).consumer();
    if (admitted != null) {
      return new Finding.Known(admitted, application.roles().of(admitted));
    }
    String attribute = OwnAttribute.name(FINDING, request);
    if (request.getAttribute(attribute) instanceof Finding known) {
      return known;
    }
    Finding finding = ask(application, request);
    request.setAttribute(attribute, finding);
    return finding;
  }

  /**
   * Writes the refusal of a request that was {@link Finding.Refused refused}, where the container
   * will not let it come to the filter.
   */
  public static void refuse(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApplicationRuntime application = ApplicationRuntime.open(request.getServletContext());
    if (application == null) {
      return;
    }
    for (FilterRuntime site : application.covering(request)) {
      Verdict verdict = application.asking().about(site, request, Consumers.passage(request));
      if (verdict instanceof Verdict.Refuse refuse) {
        ReplyWriter.write(request, response, refuse.reply());
        return;
      }
      if (verdict instanceof Verdict.Admit admitted) {
        admitted.permits().forEach(Permit::release);
      }
    }
  }

  /** What {@link #of} has found out about a request, or null. */
  static @Nullable public Foreknown foreknown(ServletRequest request) {
    return request.getAttribute(OwnAttribute.name(FOREKNOWN, request)) instanceof Foreknown found
        ? found
        : null;
  }

  private static Finding ask(ApplicationRuntime application, HttpServletRequest request) {
    try {
      for (FilterRuntime site : application.covering(request)) {
        Foreknown found = application.asking().whoSends(site, request);
        if (found != null) {
          request.setAttribute(OwnAttribute.name(FOREKNOWN, request), found);
          return found
              .consumer()
              .<Finding>map(who -> new Finding.Known(who, application.roles().of(who)))
              .orElseGet(() -> new Finding.Refused(found.nothingPresented()));
        }
      }
      return new Finding.Nobody();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not identify the caller", e);
      return new Finding.Refused(false);
    }
  }
}
