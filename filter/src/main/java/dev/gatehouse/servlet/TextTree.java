package dev.gatehouse.servlet;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.gatehouse.ConfigProblem;
import dev.gatehouse.ConfigProblems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds a plain tree from the tokens of a text.
 *
 * <p>What is wrong in one place (a null, a member given twice) is reported with its path and left
 * out; what makes the rest doubtful ends the reading. Used once, by one thread.
 */
final class TextTree {
  /** How deep objects and lists may stand in each other. */
  static final int DEEPEST = 32;

  /** How many values a text may hold: a small text can make a large tree. */
  static final int MAX_VALUES = 500_000;

  private static final int LONGEST_NUMBER = 64;
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?");
  private static final int LONGEST_NAME = 256;

  private final JsonParser parser;
  private final Origin origin;
  private final ConfigProblems mistakes;
  private int values;

  TextTree(JsonParser parser, Origin origin, ConfigProblems mistakes) {
    this.parser = parser;
    this.origin = origin;
    this.mistakes = mistakes;
  }

  /**
   * Where a text comes from.
   *
   * @param source how the text is called in messages
   * @param path the path of its root, which may be empty
   * @param foreign whether it is a file of another product, where a null means that a member is not
   *     given
   */
  record Origin(String source, String path, boolean foreign) {}

  /** A text that cannot be read on; its problem never quotes the text. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    private Unreadable(String problem) {
      super(problem);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  /**
   * Reads the whole text.
   *
   * @throws IOException if it is not what {@link ConfigText} allows
   */
  Map<String, Object> root() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw unreadable("must be an object");
    }
    refuseYamlExtras();
    Map<String, Object> root = object(origin.path, 1);
    if (parser.nextToken() != null) {
      throw unreadable("must be one object with nothing after it");
    }
    return root;
  }

  private Map<String, Object> object(String path, int depth) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = name();
      String where = path.isEmpty() ? name : path + "." + name;
      boolean absent = parser.nextToken() == JsonToken.VALUE_NULL && origin.foreign;
      @Nullable Object value = absent ? null : value(where, depth);
      if (value != null && members.putIfAbsent(name, value) != null) {
        mistakes.add(where, ConfigProblem.Code.DUPLICATE, "is given twice" + place());
      }
    }
    return members;
  }

  private List<Object> list(String path, int depth) throws IOException {
    List<Object> items = new ArrayList<>();
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      @Nullable Object item = value(path + "[" + index++ + "]", depth);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  /** A name goes into paths and logs, so it may not be long or break the line. */
  private String name() throws IOException {
    refuseYamlExtras();
    @Nullable String name =
        parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
    if (name == null
        || name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw unreadable(
          "must have names of 1 to " + LONGEST_NAME + " characters without control characters");
    }
    return name;
  }

  private @Nullable Object value(String path, int depth) throws IOException {
    refuseYamlExtras();
    if (++values > MAX_VALUES) {
      throw unreadable("must hold at most " + MAX_VALUES + " values");
    }
    return switch (token()) {
      case START_OBJECT -> object(path, deeper(depth));
      case START_ARRAY -> list(path, deeper(depth));
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path);
      case VALUE_NULL -> {
        mistakes.add(path, "must not be null; an empty object is {}" + place());
        yield null;
      }
      default -> throw unreadable("must hold texts, numbers, true, false, lists and objects only");
    };
  }

  private JsonToken token() throws Unreadable {
    @Nullable JsonToken token = parser.currentToken();
    if (token == null) {
      throw unreadable("ends too early");
    }
    return token;
  }

  /** YAML knows numbers such as 010, 0x1F and 1_000; none of them is what its reader expects. */
  private @Nullable Object number(String path) throws IOException {
    if (parser.getTextLength() > LONGEST_NUMBER) {
      throw unreadable("must have numbers of at most " + LONGEST_NUMBER + " characters");
    }
    if (!DECIMAL.matcher(parser.getText()).matches()) {
      mistakes.add(path, "must be a plain decimal number, or a text in quotes" + place());
      return null;
    }
    JsonParser.NumberType type = parser.getNumberType();
    if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
      return parser.getLongValue();
    }
    return parser.getDecimalValue();
  }

  private int deeper(int depth) throws Unreadable {
    if (depth == DEEPEST) {
      throw unreadable("must not be nested deeper than " + DEEPEST + " levels");
    }
    return depth + 1;
  }

  /** An alias can multiply a small text into a huge tree, and a tag can change what a value is. */
  private void refuseYamlExtras() throws IOException {
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
      throw unreadable("must not use YAML anchors (&), aliases (*) and tags (!)");
    }
  }

  private Unreadable unreadable(String problem) {
    return new Unreadable(problem + place());
  }

  /** Where the reading stands: the last token. */
  String place() {
    JsonLocation at = parser.currentTokenLocation();
    return place(at.getLineNr(), Math.max(1, at.getColumnNr()));
  }

  /** A line and column, each counted from 1. */
  String place(int line, int column) {
    String file = origin.path.isEmpty() ? origin.source + " " : "";
    return " (" + file + "line " + line + ", column " + column + ")";
  }
}
