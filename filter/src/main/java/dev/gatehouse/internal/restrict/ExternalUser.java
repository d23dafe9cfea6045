package dev.gatehouse.internal.restrict;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The label of a user that the application has authenticated itself, for {@code acl}.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param path the path of the values
 * @param label the name of the label
 * @param parser the parser of a value; empty if its type decides
 * @param separator the separator of a segmented text
 */
record ExternalUser(
    ClaimPath path, String label, Optional<String> parser, Optional<Pattern> separator) {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.policy");
  private static final String FIELD = "external_user_label_field";
  private static final String KEY = "external_user_label_field_key";
  private static final String PARSER = "external_user_label_field_parser";
  private static final String SEPARATOR = "external_user_label_field_separator";
  private static final List<String> PARSERS = List.of("segmented_text", "json", "table");

  /** Reads the settings and reports their problems. */
  static ExternalUser read(SettingsReader settings) {
    String field = settings.text(FIELD, "groups");
    String label = settings.text(KEY, field);
    Optional<String> parser =
        settings.has(PARSER)
            ? Optional.of(settings.choice(PARSER, PARSERS, PARSERS.get(2)))
            : Optional.empty();
    Optional<Pattern> separator = settings.nonEmpty(SEPARATOR).map(text -> pattern(settings, text));
    boolean segmented = parser.filter(PARSERS.get(0)::equals).isPresent();
    if (segmented && !settings.has(SEPARATOR)) {
      settings.report(
          SEPARATOR,
          ConfigProblem.Code.REQUIRED,
          "is required: an expression of RE2, because the parser is segmented_text");
    }
    return new ExternalUser(path(settings, field), label, parser, separator);
  }

  private static ClaimPath path(SettingsReader settings, String field) {
    try {
      return ClaimPath.parse(field);
    } catch (IllegalArgumentException e) {
      settings.report(FIELD, "invalid " + FIELD + ": " + e.getMessage());
      return ClaimPath.parse("groups");
    }
  }

  /** A malformed separator would never match, so that deny_labels would have no effect. */
  private static Pattern pattern(SettingsReader settings, String text) {
    try {
      return Pattern.compile("\\s*" + text + "\\s*");
    } catch (PatternSyntaxException e) {
      settings.report(SEPARATOR, "must be an expression of RE2: " + e.getDescription());
      return Pattern.compile(",");
    }
  }

  /**
   * Returns the label's values of this request's external user, or null if there is none.
   *
   * @throws IllegalStateException if the attribute of the application is not an object
   */
  @Nullable Set<String> values(InterceptedRequest call, LabelValues labels) {
    Object user = call.request().attribute(GateRequest.EXTERNAL_USER);
    if (user == null) {
      return null;
    }
    if (!(user instanceof Map<?, ?>)) {
      throw new IllegalStateException(
          "the request attribute " + GateRequest.EXTERNAL_USER + " must be a Map");
    }
    List<Object> found = path.values(user);
    Set<String> values = new HashSet<>();
    for (Object one : found) {
      boolean parsed = parser.isPresent() && (found.size() == 1 || one instanceof String);
      values.addAll(parsed ? parsed(parser.get(), one, labels) : byType(one, labels));
    }
    return values;
  }

  private Collection<String> parsed(String name, Object value, LabelValues labels) {
    if (name.equals("table")) {
      return value instanceof Collection<?> all ? texts(all) : none("table", "no list");
    }
    if (!(value instanceof String text)) {
      return none(name, "no text");
    }
    if (name.equals("json")) {
      return text.startsWith("[") ? labels.of(text) : none(name, "no array");
    }
    return separator.isPresent() ? segments(separator.get(), text) : List.of();
  }

  private static Collection<String> byType(Object value, LabelValues labels) {
    if (value instanceof Collection<?> all) {
      return texts(all);
    }
    return value instanceof String text ? labels.of(text) : none("any", "neither list nor text");
  }

  /**
   * An expression that matches the empty text, such as {@code |}, splits between all characters.
   */
  private static Collection<String> segments(Pattern separator, String text) {
    Set<String> segments = new HashSet<>();
    Matcher matcher = separator.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.end() > from) {
        segments.add(text.substring(from, Math.max(from, matcher.start())));
        from = matcher.end();
      }
    }
    segments.add(text.substring(from));
    return segments;
  }

  private static Set<String> texts(Collection<?> all) {
    Set<String> texts = new HashSet<>();
    for (Object one : all) {
      if (one instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static Set<String> none(String parser, String problem) {
    LOG.log(
        System.Logger.Level.WARNING,
        "acl: the label of an external user has no values for the parser {0}: it is {1}",
        parser,
        problem);
    return Set.of();
  }
}
