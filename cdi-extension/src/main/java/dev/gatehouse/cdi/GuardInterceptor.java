package dev.gatehouse.cdi;

import dev.gatehouse.servlet.Endpoints;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Intercepted;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.Optional;

/**
 * Asks the plugins of an annotated method of a bean before it runs.
 *
 * <p>A refusal is a {@link dev.gatehouse.spi.RefusedException}. A call on a thread that serves no
 * request is an {@link IllegalStateException}: nobody can be asked who calls.
 */
@Interceptor
@Guarded
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class GuardInterceptor {
  private final Instance<HttpServletRequest> requests;
  private final GuardedMethods methods;
  private final Bean<?> bean;

  @Inject
  GuardInterceptor(
      Instance<HttpServletRequest> requests, GuardedMethods methods, @Intercepted Bean<?> bean) {
    this.requests = requests;
    this.methods = methods;
    this.bean = bean;
  }

  /** Lets the call on, or refuses it. */
  @AroundInvoke
  public Object ask(InvocationContext call) throws Exception {
    EndpointPlugins plugins = methods.of(bean.getBeanClass(), call.getMethod());
    if (!plugins.isEmpty()) {
      admit(plugins);
    }
    return call.proceed();
  }

  private void admit(EndpointPlugins plugins) {
    Optional<InputStream> body;
    try {
      HttpServletRequest request = requests.get();
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
