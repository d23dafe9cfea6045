package dev.gatehouse.internal.security;

import dev.gatehouse.internal.runtime.DeclaredRoles;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A search for anything in an application that asks the container for the caller.
 *
 * <p>It includes the deployment descriptors and all classes of the web archive, even those that CDI
 * does not know. Anything unreadable counts as a demand.
 */
final class SecurityDemand {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.security");
  private static final List<String> ELEMENTS = List.of("auth-constraint", "auth-method", "ejb-ref");
  private static final List<String> FILES =
      List.of("/WEB-INF/ejb-jar.xml", "/WEB-INF/jboss-ejb3.xml");

  private SecurityDemand() {}

  /** Returns a description of the first demand, or empty if there is none. */
  static Optional<String> find(ServletContext application) {
    try {
      return inDescriptors(application)
          .or(SecurityDemand::besideTheWebModule)
          .or(() -> inClasses(application));
    } catch (RuntimeException e) {
      return unknown("an application that cannot be searched", e);
    }
  }

  private static Optional<String> inDescriptors(ServletContext application) {
    DeclaredRoles.Elements elements = DeclaredRoles.of(application).elements();
    if (!elements.readable()) {
      return Optional.of("a deployment descriptor that cannot be read");
    }
    return ELEMENTS.stream()
        .filter(elements::contain)
        .map(element -> '<' + element + '>')
        .findFirst()
        .or(() -> FILES.stream().filter(file -> exists(file, application)).findFirst());
  }

  private static boolean exists(String file, ServletContext application) {
    try {
      return application.getResource(file) != null;
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The other modules of an enterprise archive are not searched. */
  // The names are constants.
  @SuppressWarnings("BanJNDI")
  private static Optional<String> besideTheWebModule() {
    try {
      Object application = InitialContext.doLookup("java:app/AppName");
      boolean alone = application.equals(InitialContext.doLookup("java:module/ModuleName"));
      return alone ? Optional.empty() : Optional.of("an enterprise archive");
    } catch (NamingException e) {
      return unknown("an application without a name", e);
    }
  }

  private static Optional<String> inClasses(ServletContext application) {
    ArchiveClasses classes = new ArchiveClasses(application);
    try {
      Optional<String> found = classes.demand();
      return found.isEmpty() && !classes.oursSeen()
          ? Optional.of("Gatehouse outside of WEB-INF/lib")
          : found;
    } catch (IOException e) {
      return unknown("classes that cannot be read", e);
    }
  }

  private static Optional<String> unknown(String what, Exception cause) {
    LOG.log(System.Logger.Level.DEBUG, what, cause);
    return Optional.of(what);
  }
}
