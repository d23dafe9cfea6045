package dev.gatehouse.internal.endpoint;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Producer;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A producer that refuses objects of annotated classes, because calls of objects that an
 * application creates itself are not intercepted.
 *
 * @param own the application's producer
 */
record GuardedProducer<T>(Producer<T> own) implements Producer<T> {
  @Override
  public T produce(CreationalContext<T> context) {
    T made = own.produce(context);
    if (made != null && isUnguarded(made.getClass())) {
      throw new IllegalStateException(
          made.getClass().getName()
              + " has annotations of Gatehouse, and a producer delivers an object of it that no"
              + " interceptor is around; let CDI create it, or declare a Route");
    }
    return made;
  }

  @Override
  public void dispose(T instance) {
    own.dispose(instance);
  }

  @Override
  public Set<InjectionPoint> getInjectionPoints() {
    return own.getInjectionPoints();
  }

  /** Returns whether an object is not a proxy of the container, which has a generated class. */
  private static boolean isUnguarded(Class<?> made) {
    boolean around =
        Proxy.isProxyClass(made) || (made.getName().contains("$$") && !made.isHidden());
    return !around && EndpointPlugins.anyOn(made);
  }
}
