package dev.gatehouse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A means of a Consumer to prove its identity, by exactly one credential plugin. It does not
 * contain the secret.
 *
 * <p>Instances are immutable and safe for use by several threads. This is an interface because CDI
 * cannot proxy a record.
 */
public interface Credential {
  /**
   * Returns the id, unique within its Consumer: {@code ^[a-zA-Z0-9-_.]+$}, 1 to 64 characters. The
   * id of an {@link #inline} Credential is a tilde and the plugin's name.
   */
  String id();

  /**
   * Returns the name, unique within its Consumer, 1 to 256 code points. The name of an {@link
   * #inline} Credential is its id.
   */
  String name();

  /** Returns the name of the credential plugin, such as {@code key-auth}. */
  String plugin();

  /** Returns the description, at most 256 code points. */
  Optional<String> description();

  /** Returns the labels by name; unmodifiable. No decision about a request depends on them. */
  Map<String, String> labels();

  /** Returns the instant from which the Credential is valid, if any. */
  Optional<Instant> notBefore();

  /** Returns the instant from which the Credential is no longer valid, if any. */
  Optional<Instant> expiresAt();

  /** Returns whether the Credential is disabled. */
  boolean disabled();

  /**
   * Returns whether this is the implicit Credential of a credential plugin among the Consumer's own
   * plugins. The application gets no header with the identifier of such a Credential.
   */
  default boolean inline() {
    return id().equals(inlineId(plugin()));
  }

  /** Returns whether the Credential is enabled and valid at an instant. */
  default boolean usableAt(Instant now) {
    return !disabled()
        && !(notBefore().isPresent() && now.isBefore(notBefore().get()))
        && !(expiresAt().isPresent() && !now.isBefore(expiresAt().get()));
  }

  /**
   * Returns whether a text can be the id of a Credential or of a Consumer group.
   *
   * @param text any text
   */
  static boolean isId(String text) {
    return PlainCredential.ID.matcher(text).matches();
  }

  /**
   * Returns a builder of a Credential. Its name is the id unless another name is set.
   *
   * @param id {@code ^[a-zA-Z0-9-_.]+$}, 1 to 64 characters
   * @param plugin the name of the credential plugin
   */
  static Builder of(String id, String plugin) {
    return new Builder(id, plugin);
  }

  /**
   * Returns the id of a Consumer's {@link #inline} Credential. No other id can be equal to it.
   *
   * @param plugin the name of the credential plugin
   */
  static String inlineId(String plugin) {
    return "~" + plugin;
  }

  /** A builder of Credentials. Not safe for use by several threads. */
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

    /** Sets the description, at most 256 code points; an empty text means none. */
    public Builder description(String text) {
      this.description = text.isEmpty() ? Optional.empty() : Optional.of(text);
      return this;
    }

    /** Adds all labels of a map. */
    public Builder labels(Map<String, String> more) {
      labels.putAll(more);
      return this;
    }

    /** Sets the instant from which the Credential is valid. */
    public Builder notBefore(Instant first) {
      this.notBefore = Optional.of(first);
      return this;
    }

    /** Sets the instant from which the Credential is no longer valid. */
    public Builder expiresAt(Instant end) {
      this.expiresAt = Optional.of(end);
      return this;
    }

    /** Disables or enables the Credential. */
    public Builder disabled(boolean off) {
      this.disabled = off;
      return this;
    }

    /**
     * Returns the Credential.
     *
     * @throws ConfigException if a field is out of its range; the exception names the field
     */
    public Credential build() {
      return new PlainCredential(
          id, name, plugin, description, labels, notBefore, expiresAt, disabled);
    }
  }
}
