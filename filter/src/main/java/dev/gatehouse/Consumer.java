package dev.gatehouse;

import dev.gatehouse.settings.PluginSet;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A stored machine caller, such as a partner or a service. A Consumer has a username and proves its
 * identity with {@link Credential}s.
 *
 * <p>Instances are immutable and safe for use by several threads. This is an interface because CDI
 * cannot proxy a record.
 */
public interface Consumer extends Principal {
  /** Returns the unique username: {@code ^[a-zA-Z0-9_-]+$}, 1 to 512 characters. */
  String username();

  /** Returns the description, at most 256 code points. */
  Optional<String> description();

  /** Returns the labels by name, for grouping, filtering and access rules; unmodifiable. */
  Map<String, String> labels();

  /**
   * Returns the id of the Consumer's group: {@code ^[a-zA-Z0-9_.-]+$}, 1 to 64 characters. The
   * group's interceptors apply unless the Consumer has its own of the same name.
   */
  Optional<String> group();

  /**
   * Returns the Consumer's own interceptors. They replace those of the group and the Route with the
   * same name.
   */
  PluginSet plugins();

  /** Returns the username. */
  @Override
  default String getName() {
    return username();
  }

  /**
   * Returns whether a text can be a username.
   *
   * @param text any text
   */
  static boolean isUsername(String text) {
    return PlainConsumer.USERNAME.matcher(text).matches();
  }

  /**
   * Returns a builder of a Consumer.
   *
   * @param username {@code ^[a-zA-Z0-9_-]+$}, 1 to 512 characters
   */
  static Builder named(String username) {
    return new Builder(username);
  }

  /** A builder of Consumers. Not safe for use by several threads. */
  final class Builder {
    final String username;
    String description = "";
    String group = "";
    final Map<String, String> labels = new LinkedHashMap<>();
    PluginSet plugins = PluginSet.EMPTY;

    private Builder(String username) {
      this.username = username;
    }

    /** Sets the description, at most 256 code points. */
    public Builder description(String text) {
      this.description = text;
      return this;
    }

    /** Adds a label. The value has 1 to 256 characters, without blanks and control characters. */
    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    /** Adds all labels of a map. */
    public Builder labels(Map<String, String> more) {
      labels.putAll(more);
      return this;
    }

    /** Sets the id of the group; an empty text means no group. */
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
     * Returns the Consumer.
     *
     * @throws ConfigException if a field is out of its range; the exception names the field
     */
    public Consumer build() {
      return new PlainConsumer(this);
    }
  }
}
