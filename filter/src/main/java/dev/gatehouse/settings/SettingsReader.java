package dev.gatehouse.settings;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.SecretPlaces;
import dev.gatehouse.internal.json.JsonWriter;
import dev.gatehouse.settings.ConfigProblem.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of settings. Missing, malformed, out-of-range and unknown settings become {@link
 * ConfigProblem}s with their full paths, and reading goes on, so that all problems are found.
 *
 * <p>A method that reports a problem still returns a value of its type. The value is not used,
 * because the collected problems are thrown afterwards. A name that was read is known; {@link
 * #finish()} reports the others. Not safe for use by several threads.
 */
public final class SettingsReader {
  private final String path;
  private final Map<String, Object> values;
  private final ConfigProblems mistakes;
  private final SecretPlaces secrets;
  private final SchemaRecorder asked = new SchemaRecorder();

  SettingsReader(String path, Map<String, Object> values, ConfigProblems mistakes) {
    this(path, values, mistakes, new SecretPlaces());
  }

  private SettingsReader(
      String path, Map<String, Object> values, ConfigProblems mistakes, SecretPlaces secrets) {
    this.path = path;
    this.values = values;
    this.mistakes = mistakes;
    this.secrets = secrets;
  }

  /** Returns the path of these settings, such as {@code routes[0].plugins.limit-count}. */
  public String path() {
    return path;
  }

  /** Returns whether a setting is present, and marks its name as known. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** Returns whether a setting is a text, and marks its name as known. */
  public boolean isText(String name) {
    return value(name) instanceof String;
  }

  /** Returns a text of any length, or empty if it is not set. */
  public Optional<String> text(String name) {
    asked.text(name);
    Object value = value(name);
    if (value instanceof String || value instanceof Secret) {
      return Optional.of(ValueText.revealed(value));
    }
    if (value != null) {
      report(name, "must be a text, was " + ValueText.value(value));
    }
    return Optional.empty();
  }

  /** Returns a text of at least one character, or the fallback if it is not set. */
  public String text(String name, String fallback) {
    asked.fallback(name, fallback);
    return nonEmpty(name).orElse(fallback);
  }

  /** Returns a text of at least one character, or empty if it is not set. */
  public Optional<String> nonEmpty(String name) {
    asked.nonEmpty(name);
    Optional<String> text = text(name);
    if (text.isPresent() && text.get().isEmpty()) {
      report(name, "must not be empty");
      return Optional.empty();
    }
    return text;
  }

  /** Returns a required text of at least one character. */
  public String requiredText(String name) {
    asked.required(name);
    if (!has(name)) {
      report(name, Code.REQUIRED, "is required");
    }
    return nonEmpty(name).orElse("");
  }

  /**
   * Returns a required secret of at least one character.
   *
   * <p>{@link #all()} contains it as a {@link Secret}, which stores encrypt and answers hide. A
   * placeholder of another system is a problem.
   */
  public Secret requiredSecret(String name) {
    Object value = value(name);
    secrets.add(at(name));
    if (value != null && !(value instanceof String) && !(value instanceof Secret)) {
      report(name, "must be a text; put it in quotes");
      return Secret.of("");
    }
    String text = requiredText(name);
    if (value instanceof Secret secret) {
      return secret;
    }
    Secret.of(text).placeholder().ifPresent(problem -> report(name, problem));
    return Secret.of(text);
  }

  /** Marks a name as known and unused, so that {@link #all()} does not contain it. */
  public void drop(String name) {
    asked.name(name);
    secrets.drop(at(name));
  }

  /** Returns a required whole number in an inclusive range. */
  public long integer(String name, long least, long most) {
    asked.required(name);
    if (!has(name)) {
      report(name, Code.REQUIRED, "is required: " + ValueText.wholeNumber(least, most));
    }
    return number(name, least, most, least);
  }

  /** Returns a whole number in an inclusive range, or the fallback if it is not set. */
  public long integer(String name, long least, long most, long fallback) {
    asked.fallback(name, fallback);
    return number(name, least, most, fallback);
  }

  private long number(String name, long least, long most, long fallback) {
    asked.number("integer", name, least, most);
    Object value = value(name);
    if (value == null) {
      return fallback;
    }
    OptionalLong number = WholeNumber.of(value);
    if (number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most) {
      return number.getAsLong();
    }
    report(
        name, "must be " + ValueText.wholeNumber(least, most) + ", was " + ValueText.value(value));
    return fallback;
  }

  /**
   * Returns a required number of up to three decimals, in thousandths.
   *
   * @param least the minimum in thousandths
   * @param most the maximum in thousandths
   */
  public long thousandths(String name, long least, long most) {
    asked.required(name);
    asked.number("number", name, BigDecimal.valueOf(least, 3), BigDecimal.valueOf(most, 3));
    Object value = value(name);
    OptionalLong number = Thousandths.of(value, least, most);
    String allowed = Thousandths.between(least, most);
    if (value == null) {
      report(name, Code.REQUIRED, "is required: " + allowed);
    } else if (number.isEmpty()) {
      report(name, "must be " + allowed + ", was " + ValueText.value(value));
    }
    return number.orElse(least);
  }

  /** Returns a boolean, or the fallback if it is not set. */
  public boolean flag(String name, boolean fallback) {
    asked.flag(name);
    asked.fallback(name, fallback);
    Object value = value(name);
    if (value != null && !(value instanceof Boolean)) {
      report(name, "must be true or false, was " + ValueText.value(value));
    }
    return value instanceof Boolean flag ? flag : fallback;
  }

  /** Returns one of the allowed texts, or the fallback if it is not set. */
  public String choice(String name, List<String> allowed, String fallback) {
    String text = text(name).orElse(fallback);
    asked.choice(name, allowed);
    asked.fallback(name, fallback);
    if (allowed.contains(text)) {
      return text;
    }
    report(
        name,
        "must be one of " + String.join(", ", allowed) + ", was " + ValueText.value(value(name)));
    return fallback;
  }

  /** Returns a list of non-empty texts; empty if it is not set. */
  public List<String> texts(String name) {
    asked.texts(name);
    Object value = value(name);
    return value == null ? List.of() : Texts.list(at(name), value, mistakes);
  }

  /** Returns a list of non-empty texts, or the fallback if it is not set. The list may be empty. */
  public List<String> texts(String name, List<String> fallback) {
    asked.texts(name);
    asked.fallback(name, fallback);
    if (!has(name)) {
      return fallback;
    }
    return value(name) instanceof List<?> list && list.isEmpty() ? List.of() : texts(name);
  }

  /** Returns an object whose members are non-empty lists of texts; empty if it is not set. */
  public Map<String, List<String>> textLists(String name) {
    Map<String, Object> members = object(name);
    if (members.isEmpty() && value(name) instanceof Map<?, ?>) {
      report(name, "must be an object with at least one member, was an empty object");
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    members.forEach(
        (key, item) -> lists.put(key, Texts.list(at(name) + "." + key, item, mistakes)));
    return lists;
  }

  /** Returns an object of texts; empty if it is not set. */
  public Map<String, String> textMap(String name) {
    Map<String, Object> members = object(name);
    asked.textMap(name);
    return Texts.map(at(name), members, mistakes);
  }

  /** Returns a reader for each object of a list; empty if it is not set. */
  public List<SettingsReader> objects(String name) {
    List<SettingsReader> readers = new ArrayList<>();
    for (Object item : elements(name)) {
      readers.add(objectAt(at(name) + "[" + readers.size() + "]", item));
    }
    asked.list(name, "object");
    return readers;
  }

  /** Returns the elements of a list without checks; empty if it is not set. */
  public List<?> elements(String name) {
    asked.list(name, "");
    Object value = value(name);
    if (value != null && !(value instanceof List<?>)) {
      report(name, "must be a list, was " + ValueText.value(value));
    }
    return value instanceof List<?> list ? list : List.of();
  }

  /**
   * Returns a reader of an element of {@link #elements} that must be an object.
   *
   * @param where the path below these settings, such as {@code rules[0].actions[0][1]}
   */
  public SettingsReader object(String where, @Nullable Object value) {
    return objectAt(at(where), value);
  }

  /** Returns a reader for each member of an object of objects; empty if it is not set. */
  public Map<String, SettingsReader> members(String name) {
    Map<String, SettingsReader> readers = new LinkedHashMap<>();
    object(name).forEach((key, item) -> readers.put(key, objectAt(at(name) + "." + key, item)));
    return readers;
  }

  /** Returns a reader of an object, or empty if it is not set. */
  public Optional<SettingsReader> member(String name) {
    asked.object(name);
    Object value = value(name);
    return value == null ? Optional.empty() : Optional.of(objectAt(at(name), value));
  }

  /** Returns an object as JSON text, or empty if it is not set. */
  public Optional<String> json(String name) {
    Map<String, Object> members = object(name);
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(JsonWriter.write(members, ValueText::revealed));
  }

  /**
   * Returns all settings except the dropped ones, and marks every name as known. Settings that were
   * read as secrets are {@link Secret}s.
   */
  public PluginSettings all() {
    values.keySet().forEach(asked::name);
    return PluginSettings.of(secrets.applied(path, values));
  }

  /** Reports settings of APISIX that Gatehouse does not have. */
  public void notAvailable(List<String> names) {
    names.forEach(name -> refuse(name, "is not available yet"));
  }

  /** Reports a setting if it is present. The name is not listed among the known ones. */
  public void refuse(String name, String problem) {
    if (values.containsKey(name)) {
      asked.name(name);
      report(name, problem);
    }
  }

  /** Reports a problem of a setting, unless one was reported before. */
  public void reportIfFirst(String name, String problem) {
    if (!mistakes.hasAt(at(name))) {
      report(name, problem);
    }
  }

  /** Reports a problem of a setting. */
  public void report(String name, String message) {
    report(name, Code.INVALID, message);
  }

  /** Reports a problem of a setting with its kind. */
  public void report(String name, Code code, String message) {
    mistakes.add(at(name), code, message);
  }

  /** Reports the problems of a value. Their paths are relative to these settings. */
  public void addAll(ConfigException refused) {
    refused.problems().forEach(problem -> mistakes.add(problem.at(at(problem.path()))));
  }

  /** Returns the full path of a setting. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Reports every setting that was not read, with the known names. */
  public void finish() {
    Set<String> known = asked.names();
    String allowed = known.isEmpty() ? "nothing" : String.join(", ", known);
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        report(name, "is not known; known here: " + allowed);
      }
    }
  }

  /**
   * Returns a JSON Schema of the settings that were read: names, and for most of them the type, the
   * range and the default. Settings that are read depending on another one are included only if
   * that one is present.
   */
  public Map<String, Object> schema() {
    return asked.schema();
  }

  private @Nullable Object value(String name) {
    asked.name(name);
    return values.get(name);
  }

  /**
   * Returns the members of an object; empty if it is not set, or if it is not an object, which is a
   * problem.
   */
  private Map<String, Object> object(String name) {
    asked.object(name);
    Object value = value(name);
    if (value != null && !(value instanceof Map<?, ?>)) {
      report(name, "must be an object, was " + ValueText.kind(value));
    }
    return value instanceof Map<?, ?> map ? PluginSettings.members(map) : Map.of();
  }

  private SettingsReader objectAt(String where, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new SettingsReader(where, PluginSettings.members(map), mistakes, secrets);
    }
    mistakes.add(where, "must be an object, was " + ValueText.kind(value));
    return new SettingsReader(where, Map.of(), new ConfigProblems());
  }
}
