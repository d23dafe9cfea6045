package dev.gatehouse.internal.security;

import dev.gatehouse.internal.property.ContainerIdentity;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigFactory.RegistrationContext;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes our mechanism from the container if an application does not need it, because the
 * container calls it for every request. Otherwise, reduces the cost of the calls.
 *
 * <p>If {@code web.xml} excludes this initializer, the mechanism remains and refuses every request.
 *
 * <p>Source: Jakarta Authentication 3.0, section 3.2, for the identifiers of applications.
 */
public final class MechanismRegistration implements ServletContainerInitializer {
  private static final String MECHANISMS =
      "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";

  /** Called by the container. */
  public MechanismRegistration() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    if (isPresent(MECHANISMS)) {
      Change change = new Change(context);
      ContainerIdentity.describe(context, () -> change.decision().text());
      context.addListener(change);
    }
  }

  private static boolean isPresent(String type) {
    try {
      return Class.forName(type, false, MechanismRegistration.class.getClassLoader()) != null;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** Decides after all initializers, because Jakarta Security registers mechanisms in one. */
  private static final class Change implements ServletContextListener {
    private final ServletContext application;
    private @Nullable MechanismDecision decision;

    Change(ServletContext application) {
      this.application = application;
    }

    synchronized MechanismDecision decision() {
      MechanismDecision known = decision;
      if (known == null) {
        known = MechanismDecision.of(application);
        decision = known;
      }
      return known;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
      AuthConfigFactory factory = AuthConfigFactory.getFactory();
      if (factory == null || (decision().registered() && !decision().alone())) {
        return;
      }
      String id = application.getVirtualServerName() + " " + application.getContextPath();
      for (String registration : factory.getRegistrationIDs(null)) {
        RegistrationContext of = factory.getRegistrationContext(registration);
        if (of != null && id.equals(of.getAppContext())) {
          change(registration, of, factory);
        }
      }
    }

    private void change(String id, RegistrationContext of, AuthConfigFactory factory) {
      AuthConfigProvider provider =
          factory.getConfigProvider(of.getMessageLayer(), of.getAppContext(), null);
      if (!decision().registered()) {
        factory.removeRegistration(id);
      } else if (DirectLoginProvider.fits(provider)) {
        factory.registerConfigProvider(
            new DirectLoginProvider(provider),
            of.getMessageLayer(),
            of.getAppContext(),
            of.getDescription());
      }
    }
  }
}
