package dev.gatehouse.spi;

import java.util.Optional;
import java.util.Set;

/**
 * What has changed in a store that other nodes write too, told by a number that grows with every
 * change.
 *
 * <p>Revisions become visible in their order, so whoever has heeded one has missed none before it.
 * Implementations are safe for use by several threads, and may be asked on any thread. Source:
 * limits section 10.
 */
public interface ChangeFeed {
  /** The revision of whoever has heeded nothing yet. */
  long NOTHING = -1;

  /**
   * What has changed after a revision.
   *
   * @param revision what was heeded last, or {@link #NOTHING}
   * @throws StoreException if the store cannot answer
   */
  Changes since(long revision);

  /**
   * Tells when it is worth to look; empty, as it is unless overridden, when the store cannot.
   *
   * @throws StoreException if the store does not answer
   */
  default Optional<ChangeHints> hints() {
    return Optional.empty();
  }

  /**
   * What must be forgotten.
   *
   * @param revision what is heeded when this is; at least 0
   * @param everything whether nothing is to be kept, because what changed is not known
   * @param consumers usernames
   * @param credentials places of Credentials that came, changed or went
   * @param groups ids of groups of Consumers
   */
  record Changes(
      long revision,
      boolean everything,
      Set<String> consumers,
      Set<Place> credentials,
      Set<String> groups) {
    /** Copies the sets. */
    public Changes {
      consumers = Set.copyOf(consumers);
      credentials = Set.copyOf(credentials);
      groups = Set.copyOf(groups);
    }

    /** No group has changed. */
    public Changes(
        long revision, boolean everything, Set<String> consumers, Set<Place> credentials) {
      this(revision, everything, consumers, credentials, Set.of());
    }

    /** Whether nothing is to be forgotten. */
    public boolean isNone() {
      return !everything && consumers.isEmpty() && credentials.isEmpty() && groups.isEmpty();
    }

    /** Nothing has changed. */
    public static Changes none(long revision) {
      return new Changes(revision, false, Set.of(), Set.of());
    }

    /** What changed is not known. */
    public static Changes everything(long revision) {
      return new Changes(revision, true, Set.of(), Set.of());
    }
  }

  /**
   * Where a Credential is found.
   *
   * @param plugin its plugin's name
   * @param lookup unique within the plugin only
   */
  record Place(String plugin, LookupKey lookup) {}
}
