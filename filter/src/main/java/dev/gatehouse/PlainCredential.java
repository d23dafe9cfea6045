package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblems;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Credential as plain values. */
record PlainCredential(
    String id,
    String name,
    String plugin,
    Optional<String> description,
    Map<String, String> labels,
    Optional<Instant> notBefore,
    Optional<Instant> expiresAt,
    boolean disabled)
    implements Credential {

  static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
  private static final int MAX_TEXT_LENGTH = 256;

  PlainCredential {
    ConfigProblems mistakes = new ConfigProblems();
    if (!Credential.isId(id) && !id.equals(Credential.inlineId(plugin))) {
      mistakes.add("id", "must match ^[a-zA-Z0-9-_.]+$ and have 1 to 64 characters");
    }
    if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_TEXT_LENGTH) {
      mistakes.add("name", "must have 1 to 256 characters");
    }
    if (plugin.isBlank()) {
      mistakes.add("plugin", "must not be empty");
    }
    if (description.isPresent()
        && description.get().codePointCount(0, description.get().length()) > MAX_TEXT_LENGTH) {
      mistakes.add("desc", "must have at most 256 characters");
    }
    if (notBefore.isPresent()
        && expiresAt.isPresent()
        && !notBefore.get().isBefore(expiresAt.get())) {
      mistakes.add("expires_at", "must be later than not_before");
    }
    labels = Labels.checked(labels, mistakes);
    mistakes.throwIfAny();
  }

  @Override
  public String toString() {
    return "Credential(" + id + " " + plugin + ")";
  }
}
