package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store holds, for people who manage it: read from the store itself and never from memory in
 * front of it.
 *
 * <p>Implementations are safe for use by several threads; every call throws a {@link
 * StoreException} if the store cannot answer.
 */
public interface ConsumerDirectory {
  /** The most Consumers in one listing. */
  int MAX = 500;

  /** A Consumer by its username. */
  Optional<ListedConsumer> listed(String username);

  /** All Credentials of a Consumer, inline ones too, in the order of their ids. */
  List<ListedCredential> credentials(String username);

  /**
   * Consumers in an order of their usernames that does not change.
   *
   * @param skip how many of them are left out; at least 0
   * @param limit the most of them; 1 to {@link #MAX}
   */
  Listing list(Search search, long skip, int limit);

  /**
   * Consumers with all their Credentials, in the order of their usernames; fewer than asked for are
   * the last.
   *
   * @param after a username that comes before all of them, or none
   * @param limit the most of them; 1 to {@link #MAX}
   */
  List<ConsumerEntry> entries(Optional<String> after, int limit);

  /**
   * When a record came to be and what it is now.
   *
   * @param version grows with every change
   */
  record Stamp(long version, Instant created, Instant updated) {
    /**
     * Differs whenever the record does, also from one of the same name that was removed, and from
     * one of the same version before a backup was restored.
     */
    public String tag() {
      return version + "-" + micros(created) + "-" + micros(updated);
    }

    private static String micros(Instant at) {
      return Long.toString(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000, 36);
    }
  }

  /**
   * The same, without what cannot be read: a secret under another master key, or a damaged row.
   *
   * @param after a username that comes before all of them, or none
   * @param limit the most of them; 1 to {@link #MAX}
   */
  default Page readable(Optional<String> after, int limit) {
    List<ConsumerEntry> entries = entries(after, limit);
    Optional<String> last =
        entries.isEmpty()
            ? after
            : Optional.of(entries.get(entries.size() - 1).consumer().username());
    return new Page(entries, Set.of(), last, entries.size() == limit);
  }

  /**
   * Consumers in the order of their usernames.
   *
   * @param entries those that can be read, with those of their Credentials that can
   * @param unreadable the places of the other Credentials
   * @param last the last username that was looked at; empty if there is none
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

  /**
   * A Consumer as it is stored.
   *
   * @param readable whether all its secrets could be opened; the others are left out
   */
  record ListedConsumer(Consumer consumer, Stamp stamp, boolean readable) {
    /** One whose secrets could be opened. */
    public ListedConsumer(Consumer consumer, Stamp stamp) {
      this(consumer, stamp, true);
    }
  }

  /**
   * A Credential as it is stored, with what proves it.
   *
   * @param lastUsed when it was used last, somewhat late; empty if never, or if the store does not
   *     keep it
   * @param readable whether its settings could be read; they are empty otherwise
   */
  record ListedCredential(
      CredentialEntry entry, Stamp stamp, Optional<Instant> lastUsed, boolean readable) {
    /** One whose settings could be read. */
    public ListedCredential(CredentialEntry entry, Stamp stamp, Optional<Instant> lastUsed) {
      this(entry, stamp, lastUsed, true);
    }
  }

  /**
   * Which Consumers are asked for; all conditions hold together.
   *
   * @param prefix with which a username begins, possibly none
   * @param labels that a Consumer has, with that value unless it is empty
   * @param after a username that comes before all of them, or none
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
   * Part of what a search finds.
   *
   * @param total how many it finds, or {@link #NOT_COUNTED} when it began behind a username
   */
  record Listing(List<ListedConsumer> consumers, long total) {
    /** Nobody has counted them. */
    public static final long NOT_COUNTED = -1;

    /** Copies the list. */
    public Listing {
      consumers = List.copyOf(consumers);
    }
  }
}
