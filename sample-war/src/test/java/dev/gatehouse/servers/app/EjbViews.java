package dev.gatehouse.servers.app;

import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.inject.spi.CDI;

/** What enterprise beans answer, where they are. */
final class EjbViews {
  private EjbViews() {}

  static void addTo(Views views) {
    views.add("ejb.principal", () -> bean().caller());
    views.add("ejb.role", () -> String.valueOf(bean().isReader()));
    views.add("ejb.rolesAllowed", EjbViews::admitted);
  }

  private static String admitted() {
    try {
      return String.valueOf(bean().forReaders());
    } catch (EJBAccessException e) {
      return "false";
    }
  }

  private static CallerBean bean() {
    return CDI.current().select(CallerBean.class).get();
  }
}
