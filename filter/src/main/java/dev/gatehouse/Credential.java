package dev.gatehouse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One way in which a Consumer proves who it is: exactly one plugin, and never the secret itself.
 *
 * <p>It is an interface because CDI cannot proxy a record; instances are immutable and safe for use
 * by several threads. Source: reference section 1.2, with API7's required name.
 */
public interface Credential {
  /**
   * Unique within its Consumer, {@code ^[a-zA-Z0-9-_.]+$}, 1 to 64 characters; of an {@link
   * #inline} one a tilde and the plugin's name.
   */
  String id();

  /** Unique within its Consumer, 1 to 256 code points; of an {@link #inline} one its id. */
  String name();

  /** The name of the credential plugin, as in {@code key-auth}. */
  String plugin();

  /** A free text for people, at most 256 code points. */
  Optional<String> description();

  /** Labels by name; they are never used to decide about a request; unmodifiable. */
  Map<String, String> labels();

  /** Before this instant the Credential proves nothing. */
  Optional<Instant> notBefore();

  /** From this instant on the Credential proves nothing. */
  Optional<Instant> expiresAt();

  /** Whether the Credential was switched off. */
  boolean disabled();

  /**
   * Whether it is the unnamed Credential that a Consumer has when a credential plugin stands among
   * its own plugins; the application gets no identifier of it. Source: reference sections 1.1, 1.7.
   */
  default boolean inline() {
    return id().equals(inlineId(plugin()));
  }

  /** Whether the Credential proves anything at an instant. */
  default boolean usableAt(Instant now) {
    return !disabled()
        && !(notBefore().isPresent() && now.isBefore(notBefore().get()))
        && !(expiresAt().isPresent() && !now.isBefore(expiresAt().get()));
  }

  /**
   * Starts a Credential whose name is its id until another name is given.
   *
   * @param id {@code ^[a-zA-Z0-9-_.]+$}, 1 to 64 characters
   * @param plugin the name of the credential plugin
   */
  static Builder of(String id, String plugin) {
    return new Builder(id, plugin);
  }

  /**
   * The id of a Consumer's {@link #inline} Credential of a plugin; no other id can be equal.
   *
   * @param plugin the name of the credential plugin
   */
  static String inlineId(String plugin) {
    return "~" + plugin;
  }

  /** Collects the parts of a Credential; not safe for use by several threads. */
  final class Builder {
    final String id;
    final String plugin;
    String name;
    Optional<String> description = Optional.empty();
    final Map<String, String> labels = new LinkedHashMap<>();
    Optional<Instant> notBefore = Optional.empty();
    Optional<Instant> expiresAt = Optional.empty();
    boolean disabled;

    private Builder(String id, String plugin) {
      this.id = id;
      this.plugin = plugin;
      this.name = id;
    }

    /** Sets the name, 1 to 256 code points. */
    public Builder name(String text) {
      this.name = text;
      return this;
    }

    /** Sets the free text for people, at most 256 code points; an empty one counts as none. */
    public Builder description(String text) {
      this.description = text.isEmpty() ? Optional.empty() : Optional.of(text);
      return this;
    }

    /** Adds all labels of a map. */
    public Builder labels(Map<String, String> more) {
      labels.putAll(more);
      return this;
    }

    /** Sets the first instant at which the Credential proves anything. */
    public Builder notBefore(Instant first) {
      this.notBefore = Optional.of(first);
      return this;
    }

    /** Sets the first instant at which the Credential proves nothing any more. */
    public Builder expiresAt(Instant end) {
      this.expiresAt = Optional.of(end);
      return this;
    }

    /** Switches the Credential off or on. */
    public Builder disabled(boolean off) {
      this.disabled = off;
      return this;
    }

    /**
     * Builds the Credential.
     *
     * @throws ConfigException naming the field that is out of its range
     */
    public Credential build() {
      return new PlainCredential(
          id, name, plugin, description, labels, notBefore, expiresAt, disabled);
    }
  }
}
