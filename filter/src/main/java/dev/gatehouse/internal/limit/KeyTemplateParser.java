package dev.gatehouse.internal.limit;

import dev.gatehouse.internal.limit.KeyTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parser of templates: {@code $name}, <code>${name}</code>, <code>${name ?? default}
 * </code> and {@code \$} for a dollar sign. A name of the short form consists of letters, digits,
 * underscores and dots.
 *
 * <p>It reports problems and never throws. Single use; not safe for use by several threads.
 */
final class KeyTemplateParser {
  private final String source;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final StringBuilder fixed = new StringBuilder();
  private int at;

  KeyTemplateParser(String source) {
    this.source = source;
  }

  /** Returns the template; unusable if there are {@link #problems()}. */
  KeyTemplate parse() {
    while (at < source.length()) {
      if (source.startsWith("\\$", at)) {
        fixed.append('$');
        at += 2;
      } else if (source.charAt(at) != '$') {
        fixed.append(source.charAt(at++));
      } else if (source.startsWith("${", at)) {
        braced();
      } else {
        plain();
      }
    }
    endFixed();
    if (problems.isEmpty() && parts.stream().allMatch(part -> part.variable() == null)) {
      problems.add("holds no variable; write one as $name, or use key_type constant");
    }
    return new KeyTemplate(parts);
  }

  /** Returns the problems in order. */
  List<String> problems() {
    return problems;
  }

  private void plain() {
    int end = at + 1;
    while (end < source.length() && isName(source.charAt(end))) {
      end++;
    }
    if (end == at + 1) {
      problems.add("has a $ without a name; write \\$ for a dollar sign");
    } else {
      add(source.substring(at + 1, end), Optional.empty());
    }
    at = end;
  }

  private void braced() {
    int end = source.indexOf('}', at);
    if (end < 0) {
      problems.add("has a ${ without its }");
      at = source.length();
      return;
    }
    String inner = source.substring(at + 2, end);
    int mark = inner.indexOf("??");
    if (mark < 0) {
      add(inner.strip(), Optional.empty());
    } else {
      add(inner.substring(0, mark).strip(), Optional.of(inner.substring(mark + 2).strip()));
    }
    at = end + 1;
  }

  private void add(String name, Optional<String> whenMissing) {
    Optional<Variable> variable = Variable.named(name);
    if (variable.isEmpty()) {
      problems.add(
          "names the unknown variable \"" + name + "\"; known variables: " + Variable.KNOWN);
      return;
    }
    endFixed();
    parts.add(new Part(variable.get(), whenMissing.orElse(null)));
  }

  private void endFixed() {
    if (fixed.length() > 0) {
      parts.add(new Part(null, fixed.toString()));
      fixed.setLength(0);
    }
  }

  private static boolean isName(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
  }
}
