package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application on a server without Jakarta EE that lacks a library: the start names it. */
final class LibrariesTest {

  @ParameterizedTest
  @ValueSource(strings = {"jakarta.transaction", "jakarta.persistence"})
  void missingLibrary_isANamedProblem(String packageName) throws Exception {
    String artifact = packageName + ":" + packageName + "-api";
    String mistakes = mistakes(packageName);
    assertTrue(mistakes.contains("gatehouse.store: jpa needs " + artifact), mistakes);
    assertTrue(mistakes.contains("WEB-INF/lib"), mistakes);
  }

  @Test
  void completeApplication_isNotRefused() throws Exception {
    assertEquals(
        "[gatehouse.data-source: is required: the JNDI name of a data source]", mistakes("none"));
  }

  /** Opens the provider in a class loader that has all of the class path but one package. */
  private static String mistakes(String without) throws Exception {
    try (URLClassLoader loader = new Without(without + ".", urls())) {
      Class<?> type = loader.loadClass(JpaStoreProvider.class.getName());
      assertNotSame(JpaStoreProvider.class, type);
      Object provider = type.getConstructor().newInstance();
      Class<?> lookupType = loader.loadClass("dev.gatehouse.settings.PropertyLookup");
      Object lookup =
          Proxy.newProxyInstance(
              loader, new Class<?>[] {lookupType}, (self, method, arguments) -> Optional.empty());
      Class<?> mistakesType = loader.loadClass("dev.gatehouse.settings.ConfigProblems");
      Object mistakes = mistakesType.getConstructor().newInstance();
      Method open = type.getMethod("open", lookupType, List.class, mistakesType);
      Object unused = open.invoke(provider, lookup, List.of(), mistakes);
      return String.valueOf(mistakesType.getMethod("found").invoke(mistakes));
    }
  }

  private static URL[] urls() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static final class Without extends URLClassLoader {
    private final String prefix;

    Without(String prefix, URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
      this.prefix = prefix;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(prefix)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }
}
