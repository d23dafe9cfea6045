package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Consumer as plain values. */
record PlainConsumer(
    String username,
    Optional<String> description,
    Map<String, String> labels,
    Optional<String> group,
    PluginSet plugins)
    implements Consumer {

  private static final Pattern USERNAME = Pattern.compile("[a-zA-Z0-9_-]{1,512}");
  private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
  private static final int MAX_DESCRIPTION_LENGTH = 256;

  PlainConsumer {
    ConfigProblems mistakes = new ConfigProblems();
    if (!USERNAME.matcher(username).matches()) {
      mistakes.add("username", "must match ^[a-zA-Z0-9_-]+$ and have 1 to 512 characters");
    }
    if (description.isPresent()
        && description.get().codePointCount(0, description.get().length())
            > MAX_DESCRIPTION_LENGTH) {
      mistakes.add("desc", "must have at most 256 characters");
    }
    if (group.isPresent() && !GROUP.matcher(group.get()).matches()) {
      mistakes.add("group_id", "must match ^[a-zA-Z0-9_.-]+$ and have 1 to 64 characters");
    }
    labels = Labels.checked(labels, mistakes);
    mistakes.throwIfAny();
  }

  @Override
  public String toString() {
    return "Consumer(" + username + ")";
  }
}
