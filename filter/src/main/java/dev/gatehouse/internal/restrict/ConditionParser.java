package dev.gatehouse.internal.restrict;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.internal.http.IpAddress;
import dev.gatehouse.internal.http.IpRange;
import dev.gatehouse.internal.limit.Variable;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.Condition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A parser of APISIX expressions: {@code ["arg_page", ">", 3]}, with {@code "!"} before the
 * operator for its negation; a list of these, of which all must hold; and {@code ["OR", ...]},
 * {@code "AND"}, {@code "!OR"} and {@code "!AND"} of any of them.
 *
 * <p>A comparison with an absent variable is false. Regular expressions are those of RE2, which
 * take linear time for any input.
 */
final class ConditionParser {
  private static final Set<String> LOGIC = Set.of("AND", "OR", "!AND", "!OR");
  private static final String OPERATORS = "==, ~=, >, >=, <, <=, ~~, ~*, in, ipmatch";
  private static final int MAX_DEPTH = 20;

  private final SettingsReader settings;

  private ConditionParser(SettingsReader settings) {
    this.settings = settings;
  }

  /** Parses the expression of a setting, which must be present. */
  static Condition read(SettingsReader settings, String name) {
    List<?> given = settings.elements(name);
    if (given.isEmpty()) {
      settings.report(name, "must be an expression of at least one element");
      return Condition.ALWAYS;
    }
    return new ConditionParser(settings).parse(given, name, 0);
  }

  private Condition parse(@Nullable Object given, String where, int depth) {
    if (!(given instanceof List<?> parts) || parts.isEmpty() || depth > MAX_DEPTH) {
      return mistake(where, "must be an expression as [\"arg_page\", \"==\", \"3\"]");
    }
    Object first = parts.get(0);
    if (first instanceof String word && LOGIC.contains(word)) {
      List<Condition> all = each(parts.subList(1, parts.size()), where, depth);
      return all.isEmpty() ? mistake(where, word + " needs an expression") : joined(word, all);
    }
    return first instanceof List<?>
        ? joined("AND", each(parts, where, depth))
        : comparison(parts, where);
  }

  private List<Condition> each(List<?> parts, String where, int depth) {
    List<Condition> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      all.add(parse(parts.get(i), where + "[" + i + "]", depth + 1));
    }
    return all;
  }

  private static Condition joined(String word, List<Condition> all) {
    boolean any = word.endsWith("OR");
    boolean opposite = word.startsWith("!");
    return call ->
        (any
                ? all.stream().anyMatch(one -> one.holds(call))
                : all.stream().allMatch(one -> one.holds(call)))
            != opposite;
  }

  private Condition comparison(List<?> parts, String where) {
    boolean opposite = parts.size() == 4 && "!".equals(parts.get(1));
    boolean complete = parts.size() == 3 || opposite;
    if (!complete || !(parts.get(0) instanceof String name)) {
      return mistake(
          where, "must be a variable, an operator and a value, or ! before the operator");
    }
    Optional<Variable> variable = Variable.named(name);
    if (variable.isEmpty()) {
      return mistake(where, "must name a known variable: " + Variable.KNOWN + "; was " + name);
    }
    String operator = String.valueOf(parts.get(parts.size() - 2));
    Predicate<@Nullable String> test = test(operator, parts.get(parts.size() - 1), where);
    return call -> test.test(variable.get().of(call)) != opposite;
  }

  private Predicate<@Nullable String> test(String operator, Object value, String where) {
    return switch (operator) {
      case "==" -> equal(value, where);
      case "~=" -> equal(value, where).negate();
      case ">", ">=", "<", "<=" -> ordered(operator, value, where);
      case "~~" -> matching(value, 0, where);
      case "~*" -> matching(value, Pattern.CASE_INSENSITIVE, where);
      case "in" -> among(value, where);
      case "ipmatch" -> ofAddress(value, where);
      default -> {
        settings.report(where, "must have one of the operators " + OPERATORS);
        yield text -> false;
      }
    };
  }

  private Predicate<@Nullable String> equal(Object value, String where) {
    if (value instanceof String text) {
      return text::equals;
    }
    BigDecimal number = number(String.valueOf(value));
    if (number == null) {
      settings.report(where, "must compare with a text or a number");
      return text -> false;
    }
    return text -> {
      BigDecimal found = number(text);
      return found != null && found.compareTo(number) == 0;
    };
  }

  private Predicate<@Nullable String> ordered(String operator, Object value, String where) {
    BigDecimal number = value instanceof String ? null : number(String.valueOf(value));
    if (number == null) {
      settings.report(where, "must compare with a number");
      return text -> false;
    }
    return text -> {
      BigDecimal found = number(text);
      int order = found == null ? 0 : found.compareTo(number);
      return found != null
          && switch (operator) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
          };
    };
  }

  /** Few digits and no exponent bound the time of a comparison. */
  private static @Nullable BigDecimal number(@Nullable String text) {
    return text != null && text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")
        ? new BigDecimal(text)
        : null;
  }

  private Predicate<@Nullable String> matching(Object value, int flags, String where) {
    try {
      Pattern pattern = Pattern.compile(String.valueOf(value), flags | Pattern.DOTALL);
      return text -> text != null && pattern.matcher(text).find();
    } catch (PatternSyntaxException e) {
      settings.report(where, "must be an expression of RE2: " + e.getDescription());
      return text -> false;
    }
  }

  private Predicate<@Nullable String> among(Object value, String where) {
    List<Predicate<@Nullable String>> all = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(one -> all.add(equal(one, where)));
    }
    if (all.isEmpty()) {
      settings.report(where, "must have a list of at least one text or number");
    }
    return text -> all.stream().anyMatch(one -> one.test(text));
  }

  private Predicate<@Nullable String> ofAddress(Object value, String where) {
    List<IpRange> ranges = new ArrayList<>();
    for (Object one : value instanceof List<?> list ? list : List.of(value)) {
      try {
        ranges.add(IpRange.parse(String.valueOf(one)));
      } catch (IllegalArgumentException e) {
        settings.report(where, "must have addresses or blocks as 10.0.0.0/8, was " + one);
      }
    }
    return text -> {
      IpAddress address = text == null ? null : IpAddress.parse(text);
      return address != null && ranges.stream().anyMatch(range -> range.contains(address));
    };
  }

  private Condition mistake(String where, String problem) {
    settings.report(where, problem);
    return Condition.ALWAYS;
  }
}
