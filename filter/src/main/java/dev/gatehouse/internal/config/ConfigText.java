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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The readers of configuration texts, and their bounds. */
public final class ConfigText {
  /** Maximum number of values in a file of another product. */
  public static final int MAX_VALUES = 500_000;

  /** What to do if a configuration file is too large. */
  static final String TOO_LARGE =
      "; store the Consumers in a database (gatehouse.store=jpa) instead of this file";

  private static final int MAX_FILE_VALUES = 5_000_000;
  private static final int MAX_IMPORT_LENGTH = 1 << 23;
  private static final int MAX_SETTING_LENGTH = 1 << 20;
  private static final StrictJson JSON =
      StrictJson.json(bounds(MAX_SETTING_LENGTH, MAX_VALUES, Bounds.Rule.NO_NULLS));
  private static final StrictJson FILE_JSON = StrictJson.json(file());
  private static final StrictJson FILE_YAML = StrictJson.yaml(file());
  private static final StrictJson IMPORTED_JSON = StrictJson.json(imported());
  private static final StrictJson IMPORTED_YAML = StrictJson.yaml(imported());

  private ConfigText() {}

  private static Bounds imported() {
    return bounds(MAX_IMPORT_LENGTH, MAX_VALUES, Bounds.Rule.NO_NULLS, Bounds.Rule.NULL_IS_ABSENT);
  }

  private static Bounds file() {
    return bounds(Utf8Files.CONFIG_BYTES, MAX_FILE_VALUES, Bounds.Rule.NO_NULLS);
  }

  private static Bounds bounds(int length, int values, Bounds.Rule... nulls) {
    Set<Bounds.Rule> rules = EnumSet.of(Bounds.Rule.PLAIN_NAMES, nulls);
    return new Bounds(length, 32, values, new NumberForm(64, 64, 4, 19), rules);
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
   * Reads a configuration file: JSON if its name ends with {@code .json}, otherwise YAML.
   *
   * @param file the name of the file, which is not a prefix of its members' paths
   */
  public static Optional<Map<String, Object>> file(
      String file, String text, ConfigProblems problems) {
    boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
    return (json ? FILE_JSON : FILE_YAML)
        .object(
            new Origin(file, ""),
            text,
            (path, reason, problem) ->
                into(problems)
                    .add(path, reason, reason == Reason.SIZE ? problem + TOO_LARGE : problem));
  }

  private static Problems into(ConfigProblems problems) {
    return (path, reason, problem) ->
        problems.add(path, reason == Reason.DUPLICATE ? Code.DUPLICATE : Code.INVALID, problem);
  }
}
