package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.settings.ConfigProblem;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of an endpoint's annotations, including inherited ones.
 *
 * <p>For each plugin the nearest annotation applies: on the method, on a method that it overrides,
 * on one that it implements, on the class, its superclass, its interfaces.
 *
 * @param place the class, or the class and method
 * @param settings JSON by plugin name; empty without annotations
 */
public record EndpointPlugins(String place, Map<String, String> settings) {
  /** Creates plugins. */
  public EndpointPlugins {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * Returns the plugins of a class.
   *
   * @throws ConfigException if what is inherited contradicts itself
   */
  static EndpointPlugins of(Class<?> type) {
    return settled(type.getName(), inherited(type, Optional::<AnnotatedElement>of));
  }

  /**
   * Returns the plugins of a method that is called on an object of a class.
   *
   * @throws ConfigException if what is inherited contradicts itself
   */
  public static EndpointPlugins of(Class<?> type, Method method) {
    Overrides overrides = new Overrides(type, method);
    return settled(
        place(type, overrides), inherited(type, overrides::in).over(inherited(type, Optional::of)));
  }

  /** Returns the methods with annotations. A servlet must not have any. */
  static List<Method> annotatedMethods(Class<?> type) {
    List<Method> found = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Arrays.stream(each.getDeclaredMethods())
          .filter(method -> !method.isBridge() && !DeclaredPlugins.at(method).isEmpty())
          .forEach(found::add);
    }
    return found;
  }

  /** Returns whether a class has annotations at any place, including inherited ones. */
  static boolean anyOn(@Nullable Class<?> type) {
    return type != null
        && (!DeclaredPlugins.at(type).isEmpty()
            || Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> !DeclaredPlugins.at(method).isEmpty())
            || anyOn(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(EndpointPlugins::anyOn));
  }

  /**
   * Returns the name of a method; the same for a method that it implements, and unique in a class.
   */
  private static String place(Class<?> type, Overrides called) {
    return called.parameters.stream()
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(",", type.getName() + "#" + called.method.getName() + "(", ")"));
  }

  /** Returns whether there are no plugins. */
  public boolean isEmpty() {
    return settings.isEmpty();
  }

  private static DeclaredPlugins inherited(
      Class<?> type, Function<Class<?>, Optional<? extends AnnotatedElement>> in) {
    DeclaredPlugins ofClasses = DeclaredPlugins.NONE;
    DeclaredPlugins ofInterfaces = DeclaredPlugins.NONE;
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      ofClasses =
          ofClasses.over(in.apply(each).map(DeclaredPlugins::at).orElse(DeclaredPlugins.NONE));
      for (Class<?> implemented : each.getInterfaces()) {
        ofInterfaces = ofInterfaces.and(ofInterface(implemented, in));
      }
    }
    return ofClasses.over(ofInterfaces);
  }

  private static DeclaredPlugins ofInterface(
      Class<?> type, Function<Class<?>, Optional<? extends AnnotatedElement>> in) {
    DeclaredPlugins extended = DeclaredPlugins.NONE;
    for (Class<?> each : type.getInterfaces()) {
      extended = extended.and(ofInterface(each, in));
    }
    return in.apply(type).map(DeclaredPlugins::at).orElse(DeclaredPlugins.NONE).over(extended);
  }

  private static EndpointPlugins settled(String place, DeclaredPlugins declared) {
    Map<String, String> settings = new TreeMap<>();
    List<ConfigProblem> contradictions = new ArrayList<>();
    for (Map.Entry<String, Set<String>> plugin : declared.found().entrySet()) {
      if (plugin.getValue().size() > 1) {
        contradictions.add(
            new ConfigProblem(
                place + ": " + plugin.getKey(),
                "is annotated with different settings in places that are equally near: "
                    + String.join(" and ", plugin.getValue())
                    + "; annotate the method or the class itself"));
      }
      settings.put(plugin.getKey(), plugin.getValue().iterator().next());
    }
    if (!contradictions.isEmpty()) {
      throw new ConfigException(contradictions);
    }
    return new EndpointPlugins(place, settings);
  }

  /** The methods that a method overrides or implements. */
  private static final class Overrides {
    private final GenericTypes types;
    private final Method method;
    private final List<Class<?>> parameters;

    Overrides(Class<?> type, Method called) {
      types = GenericTypes.of(type);
      method = types.unbridged(called);
      parameters = types.parameters(method);
    }

    Optional<Method> in(Class<?> type) {
      if (type == method.getDeclaringClass()) {
        return Optional.of(method);
      }
      return Arrays.stream(type.getDeclaredMethods())
          .filter(other -> !other.isBridge() && !Modifier.isStatic(other.getModifiers()))
          .filter(other -> !Modifier.isPrivate(other.getModifiers()))
          .filter(other -> other.getName().equals(method.getName()))
          .filter(other -> types.parameters(other).equals(parameters))
          .findFirst();
    }
  }
}
