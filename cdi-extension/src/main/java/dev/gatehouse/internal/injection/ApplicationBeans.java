package dev.gatehouse.internal.injection;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** A lookup of the application's bean manager. The manager of a library may not see all beans. */
public final class ApplicationBeans {
  private static final String BEAN_MANAGER = "java:comp/BeanManager";

  private ApplicationBeans() {}

  /** Returns the bean manager from JNDI or from CDI, or empty if CDI does not run. */
  // The name is a constant.
  @SuppressWarnings("BanJNDI")
  public static Optional<BeanManager> find() {
    try {
      if (InitialContext.doLookup(BEAN_MANAGER) instanceof BeanManager own) {
        return Optional.of(own);
      }
    } catch (NamingException notBound) {
      // Servers without Jakarta EE bind it only where the application asks for it.
    }
    try {
      return Optional.of(CDI.current().getBeanManager());
    } catch (IllegalStateException noCdi) {
      return Optional.empty();
    }
  }
}
