package dev.gatehouse.internal.injection;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The application's own bean manager, which sees the beans of the application; a library's may not.
 */
public final class ApplicationBeans {
  private static final String BEAN_MANAGER = "java:comp/BeanManager";

  private ApplicationBeans() {}

  /** Finds it by JNDI, else by CDI; empty when CDI does not run. */
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
