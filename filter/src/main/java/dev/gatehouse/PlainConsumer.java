package dev.gatehouse;

import dev.gatehouse.internal.derived.DerivedValues;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Consumer as plain values, with what is derived from them. */
final class PlainConsumer implements Consumer, DerivedValues {
  static final Pattern USERNAME = Pattern.compile("[a-zA-Z0-9_-]{1,512}");
  private static final int MAX_DESCRIPTION_LENGTH = 256;

  private final String username;
  private final Optional<String> description;
  private final Map<String, String> labels;
  private final Optional<String> group;
  private final PluginSet plugins;
  private volatile @Nullable Entry derived;

  /**
   * Checks all parts.
   *
   * @throws ConfigException naming the field that is out of its range
   */
  PlainConsumer(Consumer.Builder parts) {
    ConfigProblems problems = new ConfigProblems();
    username = parts.username;
    if (!Consumer.isUsername(username)) {
      problems.add("username", "must match ^[a-zA-Z0-9_-]+$ and have 1 to 512 characters");
    }
    String text = parts.description;
    description = text.isEmpty() ? Optional.empty() : Optional.of(text);
    if (text.codePointCount(0, text.length()) > MAX_DESCRIPTION_LENGTH) {
      problems.add("desc", "must have at most 256 characters");
    }
    group = parts.group.isEmpty() ? Optional.empty() : Optional.of(parts.group);
    if (group.isPresent() && !Credential.isId(parts.group)) {
      problems.add("group_id", "must match ^[a-zA-Z0-9_.-]+$ and have 1 to 64 characters");
    }
    labels = Labels.checked(parts.labels, problems);
    plugins = parts.plugins;
    problems.throwIfAny();
  }

  @Override
  public String username() {
    return username;
  }

  @Override
  public Optional<String> description() {
    return description;
  }

  @Override
  public Map<String, String> labels() {
    return labels;
  }

  @Override
  public Optional<String> group() {
    return group;
  }

  @Override
  public PluginSet plugins() {
    return plugins;
  }

  @Override
  public @Nullable Entry derived() {
    return derived;
  }

  @Override
  public void setDerived(Entry entry) {
    derived = entry;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PlainConsumer that
            && username.equals(that.username)
            && description.equals(that.description)
            && labels.equals(that.labels)
            && group.equals(that.group)
            && plugins.equals(that.plugins));
  }

  @Override
  public int hashCode() {
    return Objects.hash(username, description, labels, group, plugins);
  }

  @Override
  public String toString() {
    return "Consumer(" + username + ")";
  }
}
