package dev.gatehouse.bench;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** A container's request with a key in one header, in an application of Tomcat; reused. */
final class BenchHttpRequest extends HttpServletRequestWrapper {
  final String[] keys = new String[1_000];
  private final Map<String, Object> attributes = new HashMap<>();
  private final ServletContext context = new Tomcat().addContext("", null).getServletContext();
  private @Nullable String key;

  BenchHttpRequest() {
    super(
        (HttpServletRequest)
            Proxy.newProxyInstance(
                BenchHttpRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                }));
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "key-of-consumer-" + i;
    }
  }

  void begin(@Nullable String presented) {
    attributes.clear();
    key = presented;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    attributes.put(name, value);
  }

  @Override
  public ServletContext getServletContext() {
    return context;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getRequestURI() {
    return "/shop/orders/42";
  }

  @Override
  public String getContextPath() {
    return "/shop";
  }

  @Override
  public String getServletPath() {
    return "/orders";
  }

  @Override
  public String getPathInfo() {
    return "/42";
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    return false;
  }

  @Override
  public String getRemoteAddr() {
    return "192.0.2.7";
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase("apikey") ? key : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (name.equalsIgnoreCase("accept")) {
      return Collections.enumeration(List.of("application/json, text/plain, */*"));
    }
    String value = getHeader(name);
    return value == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(value));
  }

  @Override
  public boolean isAsyncStarted() {
    return false;
  }
}
