package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.settings.PluginSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store of Consumers, Credentials and groups that can be written and queried.
 *
 * <p>Every write is one transaction: it is done completely or not at all, and a read of the same
 * node sees it as soon as the call has returned. Queries read the store itself and never a cache in
 * front of it. A write without a {@link Precondition} is the write with {@link
 * Precondition#none()}.
 *
 * <p>Every method throws a {@link StoreException} if the store cannot answer; a write that ends
 * with it may have been done or not. Implementations are safe for use by several threads. A
 * repository of its own, for a test or an embedded server:
 *
 * <pre>{@code
 * repository.put(Consumer.named("acme").build());
 * repository.put("acme", new CredentialEntry(credential, Stores.lookupKey(key), PluginSettings.EMPTY));
 * Stamp read = repository.findConsumer("acme").orElseThrow().stamp();
 * repository.remove("acme", Precondition.unchanged(read.tag()));
 * }</pre>
 */
public interface ConsumerRepository extends ConsumerStore {
  /** The highest number of records that one query returns. */
  int MAX_PAGE = 500;

  // --- Consumers

  /** Creates or replaces a Consumer, whatever is stored. */
  default boolean put(Consumer consumer) {
    return put(consumer, Precondition.none());
  }

  /**
   * Creates or replaces a Consumer. All its Credentials stay as they are.
   *
   * @param precondition of the Consumer
   * @return whether it was created
   * @throws PreconditionFailedException if the stored Consumer does not meet the precondition
   */
  boolean put(Consumer consumer, Precondition precondition);

  /**
   * Creates or replaces a Consumer with exactly the inline Credentials of an entry. Its other
   * Credentials stay as they are.
   *
   * @param entry a Consumer with inline Credentials only
   * @param precondition of the Consumer
   * @return whether the Consumer was created
   * @throws PreconditionFailedException if the stored Consumer does not meet the precondition
   * @throws ConflictException if another Credential has the lookup key or name of one of them
   */
  boolean put(ConsumerEntry entry, Precondition precondition);

  /**
   * Creates or replaces many Consumers with exactly the Credentials given, all or nothing.
   *
   * @throws ConflictException if two Credentials would have one lookup key, or two of one Consumer
   *     one id or name, or if a username is given twice
   */
  void putAll(List<ConsumerEntry> entries);

  /** Removes a Consumer and all its Credentials, whatever is stored. */
  default boolean remove(String username) {
    return remove(username, Precondition.none());
  }

  /**
   * Removes a Consumer and all its Credentials.
   *
   * @param precondition of the Consumer
   * @return whether there was one
   * @throws PreconditionFailedException if the stored Consumer does not meet the precondition
   */
  boolean remove(String username, Precondition precondition);

  /** Returns the Consumer of a username as it is stored, or empty if there is none. */
  Optional<ListedConsumer> findConsumer(String username);

  /**
   * Returns Consumers in the order of their usernames, which does not change between two calls.
   *
   * @param skip the number of Consumers that are left out; at least 0
   * @param limit the highest number of Consumers returned; 1 to {@link #MAX_PAGE}
   */
  Listing listConsumers(Search search, long skip, int limit);

  /**
   * Returns Consumers with all their Credentials, in the order of their usernames, without those
   * records that cannot be read: their secret is encrypted under an unknown key, or their row is
   * damaged.
   *
   * @param after the username before the first one returned; empty to begin
   * @param limit the highest number of Consumers returned; 1 to {@link #MAX_PAGE}
   */
  Page readPage(Optional<String> after, int limit);

  // --- Credentials

  /** Creates or replaces a Credential of a Consumer, whatever is stored. */
  default boolean put(String username, CredentialEntry entry) {
    return put(username, entry, Precondition.none());
  }

  /**
   * Creates or replaces a Credential of a Consumer.
   *
   * @param precondition of the Credential
   * @return whether it was created
   * @throws PreconditionFailedException if the stored Credential does not meet the precondition
   * @throws ConflictException if there is no such Consumer, or if another Credential of the same
   *     plugin has the lookup key, or another Credential of the Consumer has the name
   */
  boolean put(String username, CredentialEntry entry, Precondition precondition);

  /**
   * Creates a Credential and replaces the one that it succeeds, in one transaction.
   *
   * @param successor a Credential that must not exist yet
   * @param ending replaces the earlier Credential
   * @param precondition of the earlier Credential
   * @throws PreconditionFailedException if the earlier Credential does not meet the precondition,
   *     or if the successor exists
   * @throws ConflictException as for {@link #put(String, CredentialEntry, Precondition)}
   */
  void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition);

  /**
   * Replaces the settings of a Credential if they are still those that were read.
   *
   * @param was what was read
   * @param settings what replaces its settings
   * @return whether they were replaced; false if the Credential was removed or changed
   */
  boolean renew(StoredCredential was, PluginSettings settings);

  /**
   * Moves a Credential to another lookup key of the same value, if it still has the one under which
   * it was found. Does nothing unless overridden.
   *
   * @return whether it was moved
   */
  default boolean move(StoredCredential was, LookupKey from, LookupKey to) {
    return false;
  }

  /** Removes a Credential, whatever is stored. */
  default boolean remove(String username, String credentialId) {
    return remove(username, credentialId, Precondition.none());
  }

  /**
   * Removes a Credential.
   *
   * @param precondition of the Credential
   * @return whether there was one
   * @throws PreconditionFailedException if the stored Credential does not meet the precondition
   */
  boolean remove(String username, String credentialId, Precondition precondition);

  /** Returns all Credentials of a Consumer, inline ones too, in the order of their ids. */
  List<ListedCredential> listCredentials(String username);

  /**
   * Notes in memory that a Credential was used; called with every request, so it must not wait.
   * Does nothing unless overridden.
   */
  default void noteUse(StoredCredential credential) {}

  /**
   * Stores the present time as that of the last use of Credentials. Credentials that are gone are
   * left out. This is no change of a record, and no feed reports it. Does nothing unless
   * overridden.
   *
   * @return the Credentials that another writer has locked, to be tried later
   */
  default List<CredentialUse> recordUses(List<CredentialUse> uses) {
    return List.of();
  }

  // --- Groups

  /**
   * Creates or replaces a group of Consumers.
   *
   * @param precondition of the group
   * @return whether it was created
   * @throws PreconditionFailedException if the stored group does not meet the precondition
   */
  boolean put(ConsumerGroup group, Precondition precondition);

  /**
   * Removes a group of Consumers.
   *
   * @param precondition of the group
   * @param evenIfUsed whether a group with members is removed; their requests end with 503 then
   * @return whether there was one
   * @throws PreconditionFailedException if the stored group does not meet the precondition
   * @throws ConflictException if the group has members
   */
  boolean removeGroup(String id, Precondition precondition, boolean evenIfUsed);

  /** Returns the group of an id as it is stored, or empty if there is none. */
  Optional<ListedGroup> findGroup(String id);

  /** Returns all groups in the order of their ids, without those that cannot be read. */
  List<ListedGroup> listGroups();

  // --- The store itself

  /**
   * Returns Consumers with all their Credentials as they are stored, with secrets encrypted, in the
   * order of their usernames; those of {@link #readPage} unless overridden.
   *
   * @param after the username before the first one returned; empty to begin
   * @param limit the highest number of Consumers returned; 1 to {@link #MAX_PAGE}. Fewer are the
   *     last ones
   */
  default List<ConsumerEntry> exportPage(Optional<String> after, int limit) {
    return readPage(after, limit).entries();
  }

  /**
   * Writes what {@link #exportPage} returned, here or from another store of the same master key, as
   * {@link #putAll} does.
   *
   * @throws dev.gatehouse.ConfigException if a secret was encrypted under an unknown key, or for
   *     another record
   */
  default void restore(List<ConsumerEntry> exported) {
    putAll(exported);
  }

  /**
   * Returns whether what is written outlives this process; true unless overridden. The Admin API
   * changes persistent repositories only.
   */
  default boolean isPersistent() {
    return true;
  }

  /** Returns the health of this store, without asking it; {@link Health#UP} unless overridden. */
  default Health health() {
    return Health.UP;
  }

  /** Returns the stored audit of the Admin API; empty unless overridden. */
  default Optional<AuditTrail> audit() {
    return Optional.empty();
  }

  /** Returns how secrets are encrypted again under another key; empty unless overridden. */
  default Optional<MasterKeyRotation> masterKeyRotation() {
    return Optional.empty();
  }

  /**
   * The health of a store.
   *
   * @param serves whether known callers can be authenticated now, from a cache if need be
   * @param answers whether the store itself answered last
   * @param feedAge the time since its change feed was processed last; empty without a feed
   */
  record Health(boolean serves, boolean answers, Optional<Duration> feedAge) {
    /** The health of a store without a feed of which no failure is known. */
    public static final Health UP = new Health(true, true, Optional.empty());
  }

  /**
   * The version of a record.
   *
   * @param version grows with every change
   * @param created when the record was created
   * @param updated when it was changed last
   */
  record Stamp(long version, Instant created, Instant updated) {
    /**
     * Returns a text that differs whenever the record does, also from an earlier record of the same
     * name, and from one of the same version before a backup was restored.
     */
    public String tag() {
      return version + "-" + micros(created) + "-" + micros(updated);
    }

    private static String micros(Instant at) {
      return Long.toString(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000, 36);
    }
  }

  /**
   * A Consumer as it is stored.
   *
   * @param readable whether all its secrets could be decrypted; the others are left out
   */
  record ListedConsumer(Consumer consumer, Stamp stamp, boolean readable) {
    /** Creates one whose secrets could be decrypted. */
    public ListedConsumer(Consumer consumer, Stamp stamp) {
      this(consumer, stamp, true);
    }
  }

  /**
   * A Credential as it is stored, with its proof.
   *
   * @param lastUsed when it was used last, somewhat late; empty if never, or if the store does not
   *     record it
   * @param readable whether its settings could be read; they are empty otherwise
   */
  record ListedCredential(
      CredentialEntry entry, Stamp stamp, Optional<Instant> lastUsed, boolean readable) {
    /** Creates one whose settings could be read. */
    public ListedCredential(CredentialEntry entry, Stamp stamp, Optional<Instant> lastUsed) {
      this(entry, stamp, lastUsed, true);
    }
  }

  /** A group as it is stored. */
  record ListedGroup(ConsumerGroup group, Stamp stamp) {}

  /**
   * The conditions that all listed Consumers meet.
   *
   * @param prefix the beginning of a username, possibly empty
   * @param labels that a Consumer has, with that value unless it is empty
   * @param after the username before the first one returned; empty to begin
   */
  record Search(String prefix, Map<String, Optional<String>> labels, Optional<String> after) {
    /** All Consumers. */
    public static final Search ALL = new Search("", Map.of(), Optional.empty());

    /** Copies the map. */
    public Search {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * A part of what a search finds.
   *
   * @param total the number of Consumers found, or {@link #NOT_COUNTED} if the search began after a
   *     username
   */
  record Listing(List<ListedConsumer> consumers, long total) {
    /** The total was not counted. */
    public static final long NOT_COUNTED = -1;

    /** Copies the list. */
    public Listing {
      consumers = List.copyOf(consumers);
    }
  }

  /**
   * Consumers in the order of their usernames.
   *
   * @param entries the readable Consumers with their readable Credentials
   * @param unreadable the places of the other Credentials
   * @param last the last username, readable or not; empty if there is none
   * @param more whether others may follow
   */
  record Page(
      List<ConsumerEntry> entries,
      Set<ChangeFeed.Place> unreadable,
      Optional<String> last,
      boolean more) {
    /** Copies the collections. */
    public Page {
      entries = List.copyOf(entries);
      unreadable = Set.copyOf(unreadable);
    }
  }
}
