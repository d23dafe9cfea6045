package dev.gatehouse.internal.limit;

import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text with variables, such as {@code $remote_addr ${http_x_team ?? none}}.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param parts the parts in order
 */
record KeyTemplate(List<Part> parts) implements Variable {
  /**
   * A fixed text, or a variable.
   *
   * @param variable the variable, or null for a fixed text
   * @param text the fixed text or the variable's default; null if there is no default
   */
  record Part(@Nullable Variable variable, @Nullable String text) {}

  KeyTemplate {
    parts = List.copyOf(parts);
  }

  /** Returns this template with replaced variables. */
  KeyTemplate map(UnaryOperator<Variable> change) {
    return new KeyTemplate(
        parts.stream()
            .map(
                part ->
                    part.variable() == null
                        ? part
                        : new Part(change.apply(part.variable()), part.text()))
            .toList());
  }

  /** Returns the text for a request, or null if no variable has a value or a default. */
  @Override
  public @Nullable String of(InterceptedRequest call) {
    StringBuilder text = new StringBuilder();
    boolean resolved = false;
    for (Part part : parts) {
      String found = part.variable() == null ? null : part.variable().of(call);
      String shown = found == null ? part.text() : found;
      if (shown != null) {
        text.append(shown);
        resolved |= part.variable() != null;
      }
    }
    return resolved ? text.toString() : null;
  }
}
