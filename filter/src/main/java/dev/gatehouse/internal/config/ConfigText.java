package dev.gatehouse.internal.config;

import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.JsonException.Reason;
import dev.gatehouse.internal.json.NumberForm;
import dev.gatehouse.internal.json.Origin;
import dev.gatehouse.internal.json.Problems;
import dev.gatehouse.internal.json.StrictJson;
import dev.gatehouse.settings.ConfigProblem.Code;
import dev.gatehouse.settings.ConfigProblems;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The readers of configuration texts, and their bounds. */
public final class ConfigText {
  /** Maximum number of values in a text. */
  public static final int MAX_VALUES = 500_000;

  private static final int MAX_LENGTH = 1 << 23;
  private static final int MAX_SETTING_LENGTH = 1 << 20;
  private static final StrictJson JSON =
      StrictJson.json(bounds(MAX_SETTING_LENGTH, Bounds.Rule.NO_NULLS));
  private static final StrictJson YAML = StrictJson.yaml(bounds(MAX_LENGTH, Bounds.Rule.NO_NULLS));
  private static final StrictJson IMPORTED_JSON = StrictJson.json(imported());
  private static final StrictJson IMPORTED_YAML = StrictJson.yaml(imported());

  private ConfigText() {}

  private static Bounds imported() {
    return bounds(MAX_LENGTH, Bounds.Rule.NO_NULLS, Bounds.Rule.NULL_IS_ABSENT);
  }

  private static Bounds bounds(int length, Bounds.Rule... nulls) {
    Set<Bounds.Rule> rules = EnumSet.of(Bounds.Rule.PLAIN_NAMES, nulls);
    return new Bounds(length, 32, MAX_VALUES, new NumberForm(64, 64, 4, 19), rules);
  }

  /**
   * Reads a JSON object.
   *
   * @param name the name of the text, which is the prefix of its members' paths
   */
  static Optional<Map<String, Object>> json(String name, String text, ConfigProblems problems) {
    return JSON.object(new Origin(name, name), text, into(problems));
  }

  /** Reads a file of another product. Members that are null count as absent. */
  public static Optional<Map<String, Object>> imported(
      String file, String text, boolean yaml, ConfigProblems problems) {
    return (yaml ? IMPORTED_YAML : IMPORTED_JSON)
        .object(new Origin(file, ""), text, into(problems));
  }

  /**
   * Reads a YAML document that is a mapping.
   *
   * @param file the name of the text, which is not a prefix of its members' paths
   */
  public static Optional<Map<String, Object>> yaml(
      String file, String text, ConfigProblems problems) {
    return YAML.object(new Origin(file, ""), text, into(problems));
  }

  private static Problems into(ConfigProblems problems) {
    return (path, reason, problem) ->
        problems.add(path, reason == Reason.DUPLICATE ? Code.DUPLICATE : Code.INVALID, problem);
  }
}
