package dev.gatehouse.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a tree from the tokens of a text. Used once, by one thread. */
final class TreeReader {
  private static final int MAX_NAME_LENGTH = 256;

  /** A value with a problem of its own, which was reported. */
  private static final Object REFUSED = new Object();

  private final JsonParser parser;
  private final Bounds bounds;
  private final @Nullable Report report;
  private int values;

  TreeReader(JsonParser parser, Bounds bounds, @Nullable Report report) {
    this.parser = parser;
    this.bounds = bounds;
    this.report = report;
  }

  /**
   * The way of a problem that leaves the rest of a text readable.
   *
   * @param origin the names of the text
   * @param problems receives it
   */
  record Report(Origin origin, Problems problems) {}

  /** The object or list that is being read. */
  private static final class Level {
    private final @Nullable Level outer;
    private final int depth;
    private @Nullable String name;
    private int index;

    private Level(@Nullable Level outer) {
      this.outer = outer;
      this.depth = outer == null ? 1 : outer.depth + 1;
    }

    private String path(String root) {
      String above = outer == null ? root : outer.path(root);
      if (name == null) {
        return above + "[" + index + "]";
      }
      return above.isEmpty() ? name : above + "." + name;
    }
  }

  /**
   * Reads the whole text.
   *
   * @param object whether the value must be an object
   */
  @Nullable Object root(boolean object) throws IOException {
    JsonToken first = parser.nextToken();
    if (object && first != JsonToken.START_OBJECT) {
      throw refused("must be an object");
    }
    Object root = value(null);
    refuseMore(object ? "object" : "value");
    return root;
  }

  /** Reads the whole text, which must be a list, and adds its items that are texts. */
  List<String> texts(List<String> texts) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw refused("must be a list");
    }
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_STRING) {
        texts.add(parser.getText());
      }
      parser.skipChildren();
    }
    refuseMore("list");
    return texts;
  }

  private void refuseMore(String root) throws IOException {
    if (parser.nextToken() != null) {
      throw refused("must be one " + root + " with nothing after it");
    }
  }

  private @Nullable Object value(@Nullable Level level) throws IOException {
    refuseExtras();
    if (++values > bounds.values()) {
      throw refused(JsonException.Reason.SIZE, "must hold at most " + bounds.values() + " values");
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw refused("ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object(deeper(level));
      case START_ARRAY -> list(deeper(level));
      case VALUE_STRING -> text(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(level);
      case VALUE_NULL ->
          bounds.has(Bounds.Rule.NO_NULLS)
              ? skip(level, JsonException.Reason.TEXT, "must not be null; an empty object is {}")
              : null;
      default -> throw refused("must hold texts, numbers, true, false, lists and objects only");
    };
  }

  private Map<String, @Nullable Object> object(Level level) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = name();
      level.name = name;
      JsonToken token = parser.nextToken();
      if (token != JsonToken.VALUE_NULL || !bounds.has(Bounds.Rule.NULL_IS_ABSENT)) {
        Object value = value(level);
        if (value != REFUSED && members.containsKey(name)) {
          skip(level, JsonException.Reason.DUPLICATE, "is given twice");
        } else if (value != REFUSED) {
          members.put(name, value);
        }
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private List<@Nullable Object> list(Level level) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    for (; parser.nextToken() != JsonToken.END_ARRAY; level.index++) {
      Object item = value(level);
      if (item != REFUSED) {
        items.add(item);
      }
    }
    return Collections.unmodifiableList(items);
  }

  /** A plain name can be part of a path and a log line. */
  private String name() throws IOException {
    refuseExtras();
    String name = parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
    boolean any = !bounds.has(Bounds.Rule.PLAIN_NAMES);
    if (name == null
        || !(any || (!name.isEmpty() && name.length() <= MAX_NAME_LENGTH))
        || !(any || name.chars().noneMatch(Character::isISOControl))) {
      throw refused(
          "must have names of 1 to " + MAX_NAME_LENGTH + " characters without control characters");
    }
    return text(name);
  }

  private String text(String text) throws JsonException {
    if (bounds.has(Bounds.Rule.PAIRED_SURROGATES)
        && text.codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw refused("must not have half of a surrogate pair");
    }
    return text;
  }

  private Object number(@Nullable Level level) throws IOException {
    NumberForm form = bounds.numbers();
    String number = parser.getText();
    if (number.length() > form.length()) {
      throw refused(
          JsonException.Reason.NUMBER,
          "must have numbers of at most " + form.length() + " characters");
    }
    if (!form.fits(number)) {
      return skip(
          level,
          JsonException.Reason.NUMBER,
          "must be a plain decimal number, or a text in quotes");
    }
    JsonParser.NumberType type = parser.getNumberType();
    boolean whole = type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
    return whole && form.isLong(number) ? (Object) Long.valueOf(number) : new BigDecimal(number);
  }

  private Level deeper(@Nullable Level outer) throws JsonException {
    Level level = new Level(outer);
    if (level.depth > bounds.depth()) {
      throw refused("must not be nested deeper than " + bounds.depth() + " levels");
    }
    return level;
  }

  private void refuseExtras() throws IOException {
    if (TextFormat.isBeyondJson(parser)) {
      throw refused("must not use YAML anchors (&), aliases (*) and tags (!)");
    }
  }

  /** Reports a value with a problem of its own, or ends the reading if there is no report. */
  private Object skip(@Nullable Level level, JsonException.Reason reason, String problem)
      throws JsonException {
    if (report == null || level == null) {
      throw refused(reason, problem);
    }
    String at = place().in(report.origin.file());
    report.problems.add(level.path(report.origin.path()), reason, problem + at);
    return REFUSED;
  }

  private JsonException refused(String problem) {
    return refused(JsonException.Reason.TEXT, problem);
  }

  private JsonException refused(JsonException.Reason reason, String problem) {
    return new JsonException(reason, problem, place());
  }

  /** Returns the place of the last token. */
  JsonException.Place place() {
    JsonLocation at = parser.currentTokenLocation();
    return new JsonException.Place(at.getLineNr(), Math.max(1, at.getColumnNr()));
  }
}
