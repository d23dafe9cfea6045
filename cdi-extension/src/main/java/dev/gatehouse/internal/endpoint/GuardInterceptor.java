package dev.gatehouse.internal.endpoint;

import dev.gatehouse.internal.injection.ApplicationBeans;
import dev.gatehouse.internal.injection.ContainerRequest;
import dev.gatehouse.internal.runtime.Endpoints;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plugins of an annotated method of a bean before the method.
 *
 * <p>A refusal throws a {@link dev.gatehouse.spi.plugin.RefusedException}. A call on a thread
 * without a request throws an {@link IllegalStateException}, because it has no caller.
 *
 * <p>It is serializable and has no injected fields, so that it can guard passivated beans, and
 * enterprise beans, whose container creates it without CDI.
 */
@Interceptor
@Guarded
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class GuardInterceptor implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient volatile @Nullable Guard guard;

  /** For the container. */
  public GuardInterceptor() {}

  /**
   * The objects that a guard needs.
   *
   * @param methods the plugins of the application's annotated methods
   * @param request the container's request of the calling thread
   */
  private record Guard(GuardedMethods methods, HttpServletRequest request) {
    static Guard find() {
      BeanManager beans =
          ApplicationBeans.find()
              .orElseThrow(() -> new IllegalStateException("CDI does not run here."));
      return new Guard(
          beans.getExtension(GatehouseExtension.class).guarded(), ContainerRequest.of(beans));
    }
  }

  /** Proceeds with the call or refuses it. */
  @AroundInvoke
  public Object ask(InvocationContext call) throws Exception {
    Guard found = guard();
    EndpointPlugins plugins =
        found.methods().of(found.methods().typeOf(call.getTarget()), call.getMethod());
    if (!plugins.isEmpty()) {
      admit(plugins, found.request());
    }
    return call.proceed();
  }

  private Guard guard() {
    Guard known = guard;
    if (known == null) {
      known = Guard.find();
      guard = known;
    }
    return known;
  }

  private static void admit(EndpointPlugins plugins, HttpServletRequest request) {
    Optional<InputStream> body;
    try {
      body =
          Endpoints.of(request.getServletContext())
              .admit(plugins.place(), plugins.settings(), request);
    } catch (ContextNotActiveException noRequest) {
      throw new IllegalStateException(
          plugins.place() + " has annotations of Gatehouse and is called outside of a request",
          noRequest);
    }
    if (body.isPresent()) {
      throw new IllegalStateException(
          plugins.place()
              + " has a plugin that reads the body, which a bean cannot give on; declare a Route");
    }
  }
}
