package dev.gatehouse.cdi;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Mistakes;
import dev.gatehouse.servlet.ContainerLogin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/**
 * The portable extension that makes {@link Consumer}, {@link Credential}, {@link Caller} and {@link
 * TokenClaims} injectable into servlets, REST resources and every CDI bean.
 *
 * <p>Each is one object per application that looks up the current request's attribute at every
 * call. It therefore cannot carry one request's identity into another, whatever scope it is
 * injected into, and it can say why there is no answer where CDI itself would only say that a
 * context is not active. Two injected Consumers are compared by {@link Consumer#username()}, since
 * both are proxies.
 *
 * <p>A Consumer bean has the types {@code Consumer} and {@code Object} and not {@code Principal},
 * so that the application's own {@code @Inject Principal} stays unambiguous.
 */
public final class GatehouseExtension implements Extension {
  private static final System.Logger LOG = System.getLogger(GatehouseExtension.class.getName());
  private static final String MECHANISM = "dev.gatehouse.security.ConsumerMechanism";

  private final Mistakes misplaced = new Mistakes();

  /** Called by the CDI container. */
  public GatehouseExtension() {}

  /** Where Jakarta Security is, it learns who calls. */
  void addMechanism(@Observes BeforeBeanDiscovery event) {
    if (ContainerLogin.isSwitchedOff()) {
      return;
    }
    try {
      Class<?> mechanism =
          Class.forName(MECHANISM, true, GatehouseExtension.class.getClassLoader());
      event.addAnnotatedType(mechanism, MECHANISM);
    } catch (ClassNotFoundException | NoClassDefFoundError withoutJakartaSecurity) {
      LOG.log(System.Logger.Level.DEBUG, "no Jakarta Security here", withoutJakartaSecurity);
    }
  }

  void refuseMisplaced(@Observes ProcessAnnotatedType<?> event) {
    Misplaced.report(event.getAnnotatedType().getJavaClass(), misplaced);
  }

  void addBeans(@Observes AfterBeanDiscovery event) {
    if (!misplaced.found().isEmpty()) {
      event.addDefinitionError(new ConfigException(misplaced.found()));
    }
    add(event, Caller.class, caller -> caller);
    add(event, Consumer.class, CurrentConsumer::new);
    add(event, Credential.class, CurrentCredential::new);
    add(event, TokenClaims.class, CurrentClaims::new);
  }

  private static <T> void add(
      AfterBeanDiscovery event, Class<T> type, Function<CurrentCaller, T> viewOf) {
    event
        .<T>addBean()
        .beanClass(GatehouseExtension.class)
        .types(type, Object.class)
        .scope(ApplicationScoped.class)
        .id(GatehouseExtension.class.getName() + '/' + type.getName())
        .produceWith(beans -> viewOf.apply(callerFrom(beans)));
  }

  // Only built-in beans are looked up: on Payara a library without beans.xml sees no others.
  private static CurrentCaller callerFrom(Instance<Object> beans) {
    Instance<HttpServletRequest> requests = beans.select(HttpServletRequest.class);
    if (requests.isUnsatisfied()) {
      throw new IllegalStateException(
          "CDI runs without a servlet container here, so there is no request that could have a"
              + " caller.");
    }
    return new CurrentCaller(requests.get());
  }
}
