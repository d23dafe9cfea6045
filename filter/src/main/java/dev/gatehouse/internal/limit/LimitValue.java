package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A number of a limit: a constant, or the value of a variable.
 *
 * @param fixed the constant; 0 if there is a variable
 * @param variable the template of the number, or null
 * @param least the minimum, at least 0
 * @param most the maximum
 */
record LimitValue(long fixed, @Nullable Variable variable, long least, long most) {
  /** The result for a variable without a number in the range. */
  static final long NONE = -1;

  /** Reads a required setting: a whole number of at least 1, or a text with a variable. */
  static LimitValue read(SettingsReader settings, String name, long most) {
    return read(settings, name, 1, most);
  }

  /** Reads a required setting: a whole number in the range, or a text with a variable. */
  static LimitValue read(SettingsReader settings, String name, long least, long most) {
    String text = settings.isText(name) ? settings.text(name).orElse("") : "";
    if (text.indexOf('$') < 0) {
      return new LimitValue(settings.integer(name, least, most), null, least, most);
    }
    KeyTemplateParser parser = new KeyTemplateParser(text);
    KeyTemplate template = parser.parse();
    parser.problems().forEach(problem -> settings.report(name, problem));
    return new LimitValue(0, template, least, most);
  }

  /** Returns the number for a request, or {@link #NONE}. */
  long of(InterceptedRequest call) {
    if (variable == null) {
      return fixed;
    }
    String text = variable.of(call);
    if (text == null || !text.matches("[0-9]{1,16}(\\.0{1,16})?")) {
      return NONE;
    }
    int point = text.indexOf('.');
    long number = Long.parseLong(point < 0 ? text : text.substring(0, point));
    return number < least || number > most ? NONE : number;
  }

  @Override
  public String toString() {
    return variable == null ? Long.toString(fixed) : "variable";
  }
}
