package dev.gatehouse.internal.jpa;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;

/** A JNDI of a few names; public because the JDK makes it by its name. */
public final class TestJndi implements InitialContextFactory {
  private static final Map<String, Object> BOUND = new ConcurrentHashMap<>();

  public static void bind(Map<String, Object> names) {
    BOUND.clear();
    BOUND.putAll(names);
    System.setProperty(Context.INITIAL_CONTEXT_FACTORY, TestJndi.class.getName());
  }

  public static void unbind() {
    BOUND.clear();
    System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
  }

  @Override
  public Context getInitialContext(Hashtable<?, ?> environment) {
    return (Context)
        Proxy.newProxyInstance(
            TestJndi.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                method.getName().equals("lookup") ? found(String.valueOf(arguments[0])) : null);
  }

  private static Object found(String name) throws NameNotFoundException {
    Object bound = BOUND.get(name);
    if (bound == null) {
      throw new NameNotFoundException(name);
    }
    return bound;
  }
}
