package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A number of a limit: written down, or taken from the request by a variable (reference section
 * 3.2).
 *
 * @param fixed the number; 0 when there is a variable
 * @param variable a template whose text is the number, or null
 * @param least the least number, 0 or more
 * @param most the greatest number
 */
record LimitValue(long fixed, @Nullable Variable variable, long least, long most) {
  /** No number: what a variable gave is none within the bounds. */
  static final long NONE = -1;

  /** Reads a required setting: a whole number from 1, or a text with a variable. */
  static LimitValue read(SettingsReader settings, String name, long most) {
    return read(settings, name, 1, most);
  }

  /** Reads a required setting: a whole number within bounds, or a text with a variable. */
  static LimitValue read(SettingsReader settings, String name, long least, long most) {
    String text = settings.isText(name) ? settings.text(name).orElse("") : "";
    if (text.indexOf('$') < 0) {
      return new LimitValue(settings.integer(name, least, most), null, least, most);
    }
    KeyTemplateParser parser = new KeyTemplateParser(text);
    KeyTemplate template = parser.parse();
    parser.problems().forEach(problem -> settings.mistake(name, problem));
    return new LimitValue(0, template, least, most);
  }

  /** The number for a request, or {@link #NONE}. */
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
