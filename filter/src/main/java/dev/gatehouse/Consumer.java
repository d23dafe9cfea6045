package dev.gatehouse;

import dev.gatehouse.settings.PluginSet;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls: a partner or service that is known by a username and proves itself with Credentials.
 *
 * <p>It is an interface because CDI cannot proxy a record; instances are immutable and safe for use
 * by several threads. Source: reference section 1.1, with API7's 512 characters for the username.
 */
public interface Consumer extends Principal {
  /** The unique name, {@code ^[a-zA-Z0-9_-]+$}, 1 to 512 characters. */
  String username();

  /** A free text for people, at most 256 code points. */
  Optional<String> description();

  /** Labels by name, for grouping, filtering and access rules; unmodifiable. */
  Map<String, String> labels();

  /**
   * The id of the group whose interceptors it has where it has none of its own, {@code
   * ^[a-zA-Z0-9_.-]+$}, 1 to 64 characters. Source: reference section 1.3.
   */
  Optional<String> group();

  /**
   * The Consumer's own interceptors, which replace its group's and the Route's of the same name.
   */
  PluginSet plugins();

  /** The username. */
  @Override
  default String getName() {
    return username();
  }

  /**
   * Starts a Consumer.
   *
   * @param username {@code ^[a-zA-Z0-9_-]+$}, 1 to 512 characters
   */
  static Builder named(String username) {
    return new Builder(username);
  }

  /** Collects the parts of a Consumer; not safe for use by several threads. */
  final class Builder {
    private final String username;
    private String description = "";
    private String group = "";
    private final Map<String, String> labels = new LinkedHashMap<>();
    private PluginSet plugins = PluginSet.EMPTY;

    private Builder(String username) {
      this.username = username;
    }

    /** Sets the free text for people, at most 256 code points. */
    public Builder description(String text) {
      this.description = text;
      return this;
    }

    /** Adds a label; the value is 1 to 256 characters without blanks and control characters. */
    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    /** Adds all labels of a map. */
    public Builder labels(Map<String, String> more) {
      labels.putAll(more);
      return this;
    }

    /** Sets the id of its group; "" for none. */
    public Builder group(String id) {
      this.group = id;
      return this;
    }

    /** Sets the Consumer's own interceptors. */
    public Builder plugins(PluginSet own) {
      this.plugins = own;
      return this;
    }

    /**
     * Builds the Consumer.
     *
     * @throws ConfigException naming the field that is out of its range
     */
    public Consumer build() {
      return new PlainConsumer(
          username,
          description.isEmpty() ? Optional.empty() : Optional.of(description),
          labels,
          group.isEmpty() ? Optional.empty() : Optional.of(group),
          plugins);
    }
  }
}
