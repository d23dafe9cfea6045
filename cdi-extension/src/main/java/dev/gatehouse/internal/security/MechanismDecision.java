package dev.gatehouse.internal.security;

import dev.gatehouse.internal.property.ContainerIdentity;
import dev.gatehouse.internal.runtime.DeclaredRoles;
import jakarta.servlet.ServletContext;
import java.util.Optional;

/**
 * The decision whether the container calls our mechanism in an application.
 *
 * @param registered whether our mechanism remains in the container
 * @param alone whether the application has no other mechanism
 * @param text the decision and its reason, for the start line
 */
record MechanismDecision(boolean registered, boolean alone, String text) {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.security");
  private static final String LOGIN = "auth-method";

  /** Returns the decision for an application at the end of its start. */
  static MechanismDecision of(ServletContext application) {
    ContainerIdentity mode = ContainerIdentity.of(application);
    boolean off = mode == ContainerIdentity.FALSE;
    try {
      if (new ApplicationMechanism().get().isPresent()) {
        String name = "the application's own mechanism";
        return new MechanismDecision(true, false, off ? "off (only " + name + ")" : on(name));
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "mechanisms cannot be found", e);
      return new MechanismDecision(true, false, off ? "off" : on("mechanisms that are unclear"));
    }
    if (off) {
      return removed("");
    }
    if (DeclaredRoles.of(application).elements().webXml().contains(LOGIN)) {
      return removed(" (<login-config> in web.xml)");
    }
    if (mode == ContainerIdentity.TRUE) {
      return new MechanismDecision(true, true, "on");
    }
    Optional<String> demand = SecurityDemand.find(application);
    return demand
        .map(what -> new MechanismDecision(true, true, on(what)))
        .orElseGet(() -> removed(" (nothing asks the container for the caller)"));
  }

  private static String on(String reason) {
    return "on (" + reason + ')';
  }

  private static MechanismDecision removed(String reason) {
    return new MechanismDecision(false, true, "off" + reason);
  }
}
