package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import java.util.Map;
import java.util.Optional;

/**
 * A group of Consumers. Its interceptors apply to each member that has none of the same name.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param id {@code ^[a-zA-Z0-9_.-]+$}, 1 to 64 characters
 * @param name a display name, at most 256 code points
 * @param description a description, at most 256 code points
 * @param labels labels by name, with the rules of a Consumer's labels
 * @param plugins interceptors; credential plugins are not allowed
 */
public record ConsumerGroup(
    String id,
    Optional<String> name,
    Optional<String> description,
    Map<String, String> labels,
    PluginSet plugins) {

  private static final int MAX_TEXT_LENGTH = 256;

  /**
   * Creates a group.
   *
   * @throws ConfigException if fields are out of their range; the exception names them
   */
  public ConsumerGroup {
    ConfigProblems mistakes = new ConfigProblems();
    if (!Credential.isId(id)) {
      mistakes.add("id", "must match ^[a-zA-Z0-9_.-]+$ and have 1 to 64 characters");
    }
    checkLength("name", name, mistakes);
    checkLength("desc", description, mistakes);
    labels = Labels.checked(labels, mistakes);
    mistakes.throwIfAny();
  }

  private static void checkLength(String field, Optional<String> text, ConfigProblems mistakes) {
    if (text.isPresent() && text.get().codePointCount(0, text.get().length()) > MAX_TEXT_LENGTH) {
      mistakes.add(field, "must have at most " + MAX_TEXT_LENGTH + " characters");
    }
  }
}
