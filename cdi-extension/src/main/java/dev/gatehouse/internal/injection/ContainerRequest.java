package dev.gatehouse.internal.injection;

import dev.gatehouse.servlet.Consumers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bean behind {@code @Inject HttpServletRequest}.
 *
 * <p>The built-in bean of CDI returns the container's request, which shows the identity headers of
 * the client and hidden credentials. This alternative replaces it with the request of the filter.
 */
public final class ContainerRequest {
  /** Above the alternatives of applications. */
  private static final int PRIORITY = 100_000;

  private static final String ID = ContainerRequest.class.getName();

  private ContainerRequest() {}

  /**
   * Returns CDI's built-in proxy for the container's request of the calling thread.
   *
   * @throws IllegalStateException if CDI runs without a servlet container
   */
  public static HttpServletRequest of(BeanManager beans) {
    Set<Bean<?>> own =
        beans.getBeans(HttpServletRequest.class, Default.Literal.INSTANCE).stream()
            .filter(bean -> bean.getBeanClass() != ContainerRequest.class)
            .collect(Collectors.toSet());
    Bean<?> bean = beans.resolve(own);
    if (bean == null) {
      throw new IllegalStateException(
          "CDI runs without a servlet container here, so there is no request that could have a"
              + " caller.");
    }
    CreationalContext<?> context = beans.createCreationalContext(bean);
    return (HttpServletRequest) beans.getReference(bean, HttpServletRequest.class, context);
  }

  /** Adds the alternative. */
  public static void mask(AfterBeanDiscovery event, BeanManager beans) {
    event
        .<HttpServletRequest>addBean()
        .beanClass(ContainerRequest.class)
        .types(HttpServletRequest.class, ServletRequest.class, Object.class)
        .qualifiers(Default.Literal.INSTANCE)
        .scope(ApplicationScoped.class)
        .alternative(true)
        .priority(PRIORITY)
        .id(ID)
        .produceWith(none -> masked(of(beans)));
  }

  private static HttpServletRequest masked(HttpServletRequest container) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ContainerRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(Consumers.seen(container), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
