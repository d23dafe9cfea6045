package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A set of paths and methods with plugins.
 *
 * <p>Patterns are those of the Servlet specification, relative to the context path: {@code /exact},
 * {@code /prefix/*}, {@code *.extension} and {@code /*} for everything. An exact pattern also
 * matches the path with a trailing slash. Immutable and safe for use by several threads.
 *
 * @param name the name in logs and rules
 * @param uris at least one pattern
 * @param methods the allowed methods in upper case; empty allows all. A request to the Route's path
 *     with another method is refused
 * @param plugins the Route's plugins
 */
public record Route(String name, List<String> uris, Set<String> methods, PluginSet plugins) {
  private static final Pattern DOTS_ONLY = Pattern.compile("/\\.+(/|$)");

  /**
   * Creates a Route.
   *
   * @throws ConfigException if a pattern or method is invalid; the exception names it
   */
  public Route {
    ConfigProblems mistakes = new ConfigProblems();
    if (name.isBlank()) {
      mistakes.add("name", "must not be empty");
    }
    if (uris.isEmpty()) {
      mistakes.add("uris", "must hold at least one pattern");
    }
    for (int i = 0; i < uris.size(); i++) {
      checkPattern("uris[" + i + "]", uris.get(i), mistakes);
    }
    for (String method : methods) {
      if (method.isEmpty() || !method.chars().allMatch(Route::isUpperToken)) {
        mistakes.add("methods", "must be upper-case HTTP methods, was \"" + method + '"');
      }
    }
    mistakes.throwIfAny();
    uris = List.copyOf(uris);
    methods = Set.copyOf(new LinkedHashSet<>(methods));
  }

  private static void checkPattern(String path, String pattern, ConfigProblems mistakes) {
    boolean extension = pattern.startsWith("*.") && pattern.length() > 2;
    String rest = extension ? pattern.substring(2) : pattern;
    String fixed = rest.endsWith("/*") ? rest.substring(0, rest.length() - 2) : rest;
    boolean shaped = extension ? rest.indexOf('/') < 0 : pattern.startsWith("/");
    if (!shaped || fixed.indexOf('*') >= 0) {
      mistakes.add(path, "must be /exact, /prefix/* or *.extension, was \"" + pattern + '"');
    } else if (pattern.contains("//") || pattern.chars().anyMatch(Route::isNoPathCharacter)) {
      mistakes.add(
          path, "must be a decoded path without // % ; \\ ? # and blanks, was \"" + pattern + '"');
    }
    if (!extension && DOTS_ONLY.matcher(pattern).find()) {
      mistakes.add(path, "must not have a segment of dots only, was \"" + pattern + '"');
    }
  }

  private static boolean isNoPathCharacter(int c) {
    return "%;\\?#".indexOf(c) >= 0 || c <= ' ' || c == 127;
  }

  private static boolean isUpperToken(int c) {
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || (c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return "Route(" + String.join(" ", uris) + " " + plugins + ")";
  }
}
