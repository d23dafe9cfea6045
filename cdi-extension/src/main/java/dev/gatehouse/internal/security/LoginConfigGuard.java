package dev.gatehouse.internal.security;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigFactory.RegistrationContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Leaves an application's {@code <login-config>} in force: where one stands and the application has
 * no mechanism of its own, ours is taken out of the container again, which would replace the
 * server's login.
 *
 * <p>Source: Jakarta Authentication 3.0, section 3.2, for the identifiers of applications.
 */
public final class LoginConfigGuard implements ServletContextListener {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.security");

  /** For {@link ServletContext#addListener}. */
  public LoginConfigGuard() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext application = event.getServletContext();
    if (declaresLogin(application) && new ApplicationMechanism().get().isEmpty()) {
      withdraw(application);
    }
  }

  private static void withdraw(ServletContext application) {
    AuthConfigFactory factory = AuthConfigFactory.getFactory();
    String id = application.getVirtualServerName() + " " + application.getContextPath();
    for (String registration : factory.getRegistrationIDs(null)) {
      RegistrationContext of = factory.getRegistrationContext(registration);
      if (of != null && id.equals(of.getAppContext())) {
        factory.removeRegistration(registration);
        LOG.log(
            System.Logger.Level.INFO,
            "web.xml has a login-config, which stays in force: the container's security does not"
                + " know Consumers.");
      }
    }
  }

  private static boolean declaresLogin(ServletContext application) {
    try (InputStream file = application.getResourceAsStream("/WEB-INF/web.xml")) {
      return file != null && declaresLogin(file);
    } catch (IOException | XMLStreamException e) {
      LOG.log(System.Logger.Level.WARNING, "web.xml could not be read for its login-config", e);
      return false;
    }
  }

  private static boolean declaresLogin(InputStream file) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(file);
    try {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && reader.getLocalName().equals("auth-method")) {
          return true;
        }
      }
      return false;
    } finally {
      reader.close();
    }
  }
}
