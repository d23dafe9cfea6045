package dev.gatehouse.internal.admin;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblem.Code;
import dev.gatehouse.settings.ConfigProblems;
import java.util.List;
import java.util.stream.Collectors;

/** The problems of a record in the form of APISIX, all in one message. */
public final class ValidationMessages {
  private static final String PLUGINS = "plugins.";

  private ValidationMessages() {}

  /**
   * Throws if there are problems.
   *
   * @throws AdminException with the problems, if there are any
   */
  public static void throwIfAny(ConfigProblems mistakes) {
    List<ConfigProblem> found = mistakes.found();
    if (found.isEmpty()) {
      return;
    }
    List<ConfigProblem> elsewhere =
        found.stream().filter(one -> !one.path().startsWith(PLUGINS)).toList();
    throw AdminException.badRequest(
        elsewhere.isEmpty() ? ofPlugins(found) : "invalid configuration: " + listed(elsewhere));
  }

  private static String ofPlugins(List<ConfigProblem> found) {
    String path = found.get(0).path().substring(PLUGINS.length());
    String plugin = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    if (path.equals(plugin) && found.get(0).code() == Code.UNKNOWN_PLUGIN) {
      return "invalid plugins configuration: unknown plugin [" + plugin + "]";
    }
    return "invalid plugins configuration: failed to check the configuration of plugin "
        + plugin
        + " err: "
        + listed(found);
  }

  private static String listed(List<ConfigProblem> found) {
    return found.stream().map(ValidationMessages::one).collect(Collectors.joining("; "));
  }

  private static String one(ConfigProblem mistake) {
    return mistake.code() == Code.REQUIRED
        ? "property \"" + last(mistake.path()) + "\" is required"
        : mistake.toString();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
