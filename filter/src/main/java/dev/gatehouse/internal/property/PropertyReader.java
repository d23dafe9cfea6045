package dev.gatehouse.internal.property;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.ConfigProblems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reader of properties. Problems contain the source of the property.
 *
 * <p>A name that was read is known. Not safe for use by several threads.
 */
public final class PropertyReader {
  private final PropertySources sources;
  private final ConfigProblems mistakes;
  private final Set<String> asked = new LinkedHashSet<>();

  PropertyReader(PropertySources sources, ConfigProblems mistakes) {
    this.sources = sources;
    this.mistakes = mistakes;
  }

  /** Returns the names that were read, in order. */
  Set<String> asked() {
    return asked;
  }

  /** Returns a text of at least one character, or empty if it is not set. */
  public Optional<String> text(String name) {
    Optional<String> text = raw(name);
    if (text.isPresent() && text.get().isBlank()) {
      report(name, "must not be empty");
      return Optional.empty();
    }
    return text;
  }

  /** Returns a secret with a minimum length in bytes of UTF-8, or empty if it is not set. */
  Optional<Secret> secret(String name, int leastBytes) {
    Optional<Secret> secret = raw(name).map(Secret::of);
    Optional<String> problem = secret.flatMap(Secret::placeholder);
    if (problem.isPresent() && !sources.isReferred(name)) {
      report(name, problem.get());
      return Optional.empty();
    }
    if (secret.isPresent() && secret.get().utf8().length < leastBytes) {
      report(
          name, "must have at least " + leastBytes + " bytes, had " + secret.get().utf8().length);
      return Optional.empty();
    }
    return secret;
  }

  /** Returns a whole number in an inclusive range, or empty if it is not set. */
  Optional<Long> whole(String name, long least, long most) {
    Optional<String> text = raw(name).map(String::strip);
    Optional<Long> number = text.filter(t -> t.matches("[0-9]{1,18}")).map(Long::valueOf);
    if (text.isPresent() && number.filter(n -> n >= least && n <= most).isEmpty()) {
      report(
          name,
          "must be a whole number from " + least + " to " + most + valueText(name, text.get()));
      return Optional.empty();
    }
    return number;
  }

  /** Returns one of the allowed texts, or the first one if it is not set. */
  String choice(String name, List<String> allowed) {
    Optional<String> text = raw(name).map(String::strip);
    if (text.isPresent() && !allowed.contains(text.get())) {
      report(name, "must be one of " + String.join(", ", allowed) + valueText(name, text.get()));
      return allowed.get(0);
    }
    return text.orElse(allowed.get(0));
  }

  private Optional<String> raw(String name) {
    asked.add(name);
    return sources.get(name);
  }

  private String valueText(String name, String text) {
    return sources.isReferred(name) ? "" : ", was \"" + text + '"';
  }

  /** Reports a problem of a property. */
  public void report(String name, String problem) {
    mistakes.add(sources.path(name), problem);
  }
}
