package dev.gatehouse.spi.store;

import dev.gatehouse.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes that depend on what stands in the store, so that no change of another writer is lost.
 *
 * <p>Every call is one transaction, safe for use by several threads, and throws a {@link
 * PreconditionFailedException} if what stands there is not what was expected, a {@link
 * ConflictException} as {@link ConsumerRegistry} does, and a {@link StoreException} if the store
 * cannot be reached.
 */
public interface ConsumerEditor {
  /**
   * Creates or replaces a Consumer with exactly the inline Credentials given; its other ones stay.
   *
   * @param entry holds inline Credentials only
   * @return whether it was created
   */
  boolean put(ConsumerEntry entry, Expected expected);

  /**
   * Creates or replaces a Credential, which is what is expected; answers whether it was created.
   */
  boolean put(String username, CredentialEntry entry, Expected expected);

  /**
   * Creates a Credential and replaces the one that it succeeds, as one transaction.
   *
   * @param successor which must not be there
   * @param ending replaces the earlier one, which is what is expected
   */
  default void rotate(
      String username, CredentialEntry successor, CredentialEntry ending, Expected expected) {
    throw new ConfigException("rotate", "cannot be done by this store");
  }

  /** Removes a Consumer and all its Credentials; answers whether it was there. */
  boolean remove(String username, Expected expected);

  /** Removes a Credential, which is what is expected; answers whether it was there. */
  boolean remove(String username, String credentialId, Expected expected);

  /**
   * Consumers with all their Credentials, in the order of their usernames, with secrets encrypted
   * as they are stored; fewer than asked for are the last. There are none unless it is overridden.
   *
   * @param after a username that comes before all of them, or none
   * @param limit the most of them; 1 to {@link ConsumerDirectory#MAX}
   */
  default List<ConsumerEntry> sealed(Optional<String> after, int limit) {
    return List.of();
  }

  /**
   * Writes what {@link #sealed} gave, here or in another store under the same master key, as {@link
   * ConsumerRegistry#putAll} does.
   *
   * @throws dev.gatehouse.ConfigException if a secret was encrypted under a key that is not known,
   *     or for another place, or unless it is overridden
   */
  default void restore(List<ConsumerEntry> sealed) {
    throw new ConfigException("stored", "cannot be taken by this store");
  }

  /**
   * Encrypts under the present master key what is encrypted under an earlier one.
   *
   * <p>It goes in steps, and what is done stays done; a second call does only what is left. Unless
   * it is overridden there is nothing to do.
   *
   * @throws dev.gatehouse.ConfigException if there is no master key
   */
  default Rewrapped rewrap() {
    return new Rewrapped(0, 0);
  }

  /**
   * What {@link #rewrap} has done.
   *
   * @param records that are under the present key now
   * @param unreadable records whose key is not known any more
   */
  record Rewrapped(long records, long unreadable) {}

  /**
   * The precondition of a write.
   *
   * @param tags the record must have one of these tags ({@link ConsumerDirectory.Stamp#tag()});
   *     empty if its tag does not matter
   * @param unwanted the record must have none of these tags
   * @param absent whether there must be no record
   */
  record Expected(Optional<Set<String>> tags, Set<String> unwanted, boolean absent) {
    /** Any record, or none. */
    public static final Expected ANYTHING = new Expected(Optional.empty(), Set.of(), false);

    /** No record. */
    public static final Expected NOTHING = new Expected(Optional.empty(), Set.of(), true);

    /** Copies the sets. */
    public Expected {
      tags = tags.map(Set::copyOf);
      unwanted = Set.copyOf(unwanted);
    }

    /** A record that has this tag. */
    public static Expected of(String tag) {
      return new Expected(Optional.of(Set.of(tag)), Set.of(), false);
    }

    /**
     * Compares.
     *
     * @param found the tag of the record, or empty if there is none
     * @throws PreconditionFailedException if it is not what was expected
     */
    public void check(Optional<String> found) {
      if (absent && found.isPresent()) {
        throw new PreconditionFailedException("it is there already");
      }
      if (found.filter(unwanted::contains).isPresent()) {
        throw new PreconditionFailedException("it has a tag that If-None-Match names");
      }
      if (tags.isPresent() && found.filter(tags.get()::contains).isEmpty()) {
        throw new PreconditionFailedException(
            found.isPresent() ? "it was changed meanwhile" : "it is not there any more");
      }
    }
  }
}
