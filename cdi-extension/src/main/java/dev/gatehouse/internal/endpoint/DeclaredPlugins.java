package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.annotation.Plugin;
import dev.gatehouse.annotation.PluginAnnotation;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The plugins of annotations at one place. More than one text of settings for a plugin is a
 * contradiction, unless a nearer annotation applies.
 *
 * @param found JSON texts by plugin name; sets are never empty
 */
record DeclaredPlugins(Map<String, Set<String>> found) {
  static final DeclaredPlugins NONE = new DeclaredPlugins(Map.of());

  /** Returns the plugins at a class, a method or an annotation, including those of stereotypes. */
  static DeclaredPlugins at(AnnotatedElement element) {
    try {
      return at(element, new HashSet<>());
    } catch (ConfigException e) {
      throw new ConfigException(
          e.problems().stream().map(each -> each.at(name(element) + ": " + each.path())).toList());
    }
  }

  private static String name(AnnotatedElement element) {
    if (element instanceof Method method) {
      return method.getDeclaringClass().getName() + '#' + method.getName();
    }
    return element instanceof Class<?> type ? type.getName() : element.toString();
  }

  private static DeclaredPlugins at(AnnotatedElement element, Set<Class<?>> seen) {
    DeclaredPlugins direct = NONE;
    DeclaredPlugins composed = NONE;
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      PluginAnnotation named = type.getAnnotation(PluginAnnotation.class);
      if (named != null) {
        direct = direct.with(named.value(), AnnotationSettings.json(annotation));
      } else if (annotation instanceof Plugin plugin) {
        direct = direct.with(plugin.name(), plugin.settings());
      } else if (annotation instanceof Plugin.List plugins) {
        for (Plugin plugin : plugins.value()) {
          direct = direct.with(plugin.name(), plugin.settings());
        }
      } else if (!type.getName().startsWith("java.") && seen.add(type)) {
        composed = composed.and(at(type, seen));
      }
    }
    return direct.over(composed);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns the union of two places of equal rank: different settings contradict each other. */
  DeclaredPlugins and(DeclaredPlugins other) {
    DeclaredPlugins all = this;
    for (Map.Entry<String, Set<String>> plugin : other.found.entrySet()) {
      for (String settings : plugin.getValue()) {
        all = all.with(plugin.getKey(), settings);
      }
    }
    return all;
  }

  /** Returns the union of two places in which this one takes precedence. */
  DeclaredPlugins over(DeclaredPlugins farther) {
    Map<String, Set<String>> all = new TreeMap<>(farther.found);
    all.putAll(found);
    return new DeclaredPlugins(all);
  }

  private DeclaredPlugins with(String plugin, String settings) {
    Map<String, Set<String>> all = new TreeMap<>(found);
    Set<String> texts = new TreeSet<>(all.getOrDefault(plugin, Set.of()));
    if (texts.stream().noneMatch(known -> AnnotationSettings.areEqual(known, settings))) {
      texts.add(settings);
    }
    all.put(plugin, texts);
    return new DeclaredPlugins(all);
  }
}
