package dev.gatehouse.internal.security;

import dev.gatehouse.internal.injection.ApplicationBeans;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The application's own mechanism, to which ours delegates. It is looked up once.
 *
 * <p>Thread-safe.
 */
final class ApplicationMechanism {
  private volatile @Nullable Found found;

  /** The result of the lookup. */
  private record Found(@Nullable HttpAuthenticationMechanism mechanism) {}

  /**
   * Returns the mechanism, or empty if the application has none.
   *
   * @throws IllegalStateException if CDI does not run
   * @throws jakarta.enterprise.inject.AmbiguousResolutionException if there are several
   */
  Optional<HttpAuthenticationMechanism> get() {
    Found known = found;
    if (known == null) {
      BeanManager beans =
          ApplicationBeans.find()
              .orElseThrow(() -> new IllegalStateException("CDI does not run here."));
      known = new Found(in(beans));
      found = known;
    }
    return Optional.ofNullable(known.mechanism());
  }

  /** Resolves the bean that the container would use without ours. */
  private static @Nullable HttpAuthenticationMechanism in(BeanManager beans) {
    Set<Bean<?>> others =
        beans.getBeans(HttpAuthenticationMechanism.class, Any.Literal.INSTANCE).stream()
            .filter(bean -> bean.getBeanClass() != ConsumerMechanism.class)
            .collect(Collectors.toSet());
    if (others.isEmpty()) {
      return null;
    }
    Bean<?> bean = beans.resolve(others);
    CreationalContext<?> context = beans.createCreationalContext(bean);
    return (HttpAuthenticationMechanism)
        beans.getReference(bean, HttpAuthenticationMechanism.class, context);
  }
}
