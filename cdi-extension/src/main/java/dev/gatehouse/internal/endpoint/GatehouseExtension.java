package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.cdi.Caller;
import dev.gatehouse.cdi.TokenClaims;
import dev.gatehouse.internal.injection.ContainerRequest;
import dev.gatehouse.internal.injection.CurrentCaller;
import dev.gatehouse.internal.injection.CurrentClaims;
import dev.gatehouse.internal.injection.CurrentConsumer;
import dev.gatehouse.internal.injection.CurrentCredential;
import dev.gatehouse.internal.injection.Visible;
import dev.gatehouse.internal.property.ContainerIdentity;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessProducer;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The portable extension that makes {@link Consumer}, {@link Credential}, {@link Caller} and {@link
 * TokenClaims} injectable into servlets, REST resources and every CDI bean.
 *
 * <p>Each is one object per application that looks up the caller of the current request at each
 * call. Its scope therefore cannot mix up the callers of two requests, and its exceptions can say
 * why there is no caller. Compare two injected Consumers by {@link Consumer#username()}, because
 * both are proxies.
 *
 * <p>A Consumer bean has the types {@code Consumer} and {@code Object} and not {@code Principal},
 * so that the application's own {@code @Inject Principal} stays unambiguous.
 */
public final class GatehouseExtension implements Extension {
  private static final System.Logger LOG = System.getLogger(GatehouseExtension.class.getName());
  private static final String MECHANISM_API =
      "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";
  private static final String HEALTH_API = "org.eclipse.microprofile.health.HealthCheck";
  private static final String METRICS_API = "org.eclipse.microprofile.metrics.MetricRegistry";
  private static final String READINESS = "dev.gatehouse.internal.health.GatehouseReadiness";
  private static final String METRICS = "dev.gatehouse.internal.metrics.ApplicationRegistry";
  private static final String MECHANISM = "dev.gatehouse.internal.security.ConsumerMechanism";

  private final ConfigProblems mistakes = new ConfigProblems();
  private final GuardedMethods guarded = new GuardedMethods();
  private final ConfigProblems unenforced = new ConfigProblems();
  private final Set<Class<?>> intercepted = ConcurrentHashMap.newKeySet();

  /** Called by the CDI container. */
  public GatehouseExtension() {}

  /** Adds the mechanism if Jakarta Security is present. */
  void addMechanism(@Observes BeforeBeanDiscovery event) {
    if (!ContainerIdentity.isSwitchedOff()) {
      addIfPossible(MECHANISM, MECHANISM_API, event);
    }
  }

  /** Adds the readiness check if MicroProfile Health is present. */
  void addReadiness(@Observes BeforeBeanDiscovery event) {
    addIfPossible(READINESS, HEALTH_API, event);
  }

  /** Adds the registry of metrics if MicroProfile Metrics is present. */
  void addMetrics(@Observes BeforeBeanDiscovery event) {
    addIfPossible(METRICS, METRICS_API, event);
  }

  private static void addIfPossible(String bean, String api, BeforeBeanDiscovery event) {
    ClassLoader loader = GatehouseExtension.class.getClassLoader();
    try {
      if (Class.forName(api, false, loader).isInterface()) {
        event.addAnnotatedType(Class.forName(bean, true, loader), bean);
      }
    } catch (ClassNotFoundException | LinkageError withoutItsApi) {
      LOG.log(System.Logger.Level.DEBUG, bean + " lacks its API", withoutItsApi);
    }
  }

  void addInterceptor(@Observes BeforeBeanDiscovery event) {
    event.addAnnotatedType(GuardInterceptor.class, GuardInterceptor.class.getName());
  }

  <T> void bind(@Observes ProcessAnnotatedType<T> event) {
    Class<?> type = event.getAnnotatedType().getJavaClass();
    switch (AnnotationPlacement.of(type)) {
      case WRONG -> AnnotationPlacement.report(type, mistakes);
      case ENDPOINT -> guarded.bind(event.configureAnnotatedType(), mistakes);
      default -> {}
    }
  }

  void remember(@Observes ProcessManagedBean<?> event) {
    intercepted.add(event.getBean().getBeanClass());
  }

  <T, X> void guardProducer(@Observes ProcessProducer<T, X> event) {
    event.setProducer(new GuardedProducer<>(event.getProducer()));
  }

  /** Refuses synthetic beans, because an extension creates their objects without interceptors. */
  void refuseSynthetic(@Observes ProcessSyntheticBean<?> event) {
    for (Type type : event.getBean().getTypes()) {
      if (type instanceof Class<?> bean
          && AnnotationPlacement.of(bean) != AnnotationPlacement.Place.NONE) {
        AnnotationPlacement.report(bean, unenforced);
      }
    }
  }

  void addBeans(@Observes AfterBeanDiscovery event, BeanManager beans) {
    if (!mistakes.found().isEmpty()) {
      event.addDefinitionError(new ConfigException(mistakes.found()));
    }
    ContainerRequest.mask(event, beans);
    add(event, Caller.class, caller -> caller);
    add(event, Consumer.class, CurrentConsumer::new);
    add(event, Credential.class, CurrentCredential::new);
    add(event, TokenClaims.class, CurrentClaims::new);
  }

  void refuseUnenforced(@Observes AfterDeploymentValidation event) {
    guarded.types().forEach(type -> Enforcement.report(type, this::intercepts, unenforced));
    if (!unenforced.found().isEmpty()) {
      event.addDeploymentProblem(new ConfigException(unenforced.found()));
    }
  }

  /** Returns whether CDI creates objects of a class or its subclasses and intercepts calls. */
  boolean intercepts(Class<?> type) {
    return intercepted.stream().anyMatch(type::isAssignableFrom);
  }

  /** Returns the annotated methods of the application. */
  GuardedMethods guarded() {
    return guarded;
  }

  /**
   * Stops the start if our initializers did not run, because everything would be open. An extension
   * may see all applications of an archive; this concerns those with this jar only.
   */
  void refuseWithoutFilter(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (started instanceof ServletContext context && isVisible(GatehouseExtension.class, context)) {
      EndpointsCheck.after(
          context, guarded.types().stream().anyMatch(type -> isVisible(type, context)));
    }
  }

  private static boolean isVisible(Class<?> type, ServletContext context) {
    return Visible.load(type.getName(), context) == type;
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
    return new CurrentCaller(ContainerRequest.of(beans.select(BeanManager.class).get()));
  }
}
