package dev.gatehouse.internal.store.cache;

import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.time.InstantSource;
import java.util.Optional;

/** A factory of caches in front of repositories. */
public final class Caching {
  private Caching() {}

  /**
   * Returns a repository behind a bounded cache that follows its change feed.
   *
   * <p>Entries do not expire: they are removed when the feed reports a change. While the store does
   * not answer, known callers are served up to {@code maxStaleness}, and a lookup of an unknown one
   * throws a {@link dev.gatehouse.spi.store.StoreException} at once. Without a {@link
   * ConsumerRepository#feed() feed} entries expire after the interval. Writes and queries end
   * within the timeout and do not join a transaction of the caller.
   *
   * @param repository the repository; closed with the result
   * @param ticker a monotonic clock
   */
  public static ConsumerRepository track(
      ConsumerRepository repository, ChangeFeed.Tracking tracking, InstantSource ticker) {
    return track(repository, tracking, Optional.empty(), ticker);
  }

  /**
   * Returns a cached repository with other hints than those of the store.
   *
   * @param hints the hints; closed with the result
   */
  public static ConsumerRepository track(
      ConsumerRepository repository,
      ChangeFeed.Tracking tracking,
      Optional<ChangeHints> hints,
      InstantSource ticker) {
    return new ChangeTrackingStore(
            new ChangeTrackingStore.Source(repository, hints, true), tracking, ticker)
        .started();
  }

  /**
   * Returns a cached repository with the defaults, for a repository with a feed. Closing the result
   * does not close it.
   */
  public static ConsumerRepository trackShared(
      ConsumerRepository repository, InstantSource ticker) {
    return new ChangeTrackingStore(
            new ChangeTrackingStore.Source(repository, Optional.empty(), false),
            ChangeFeed.Tracking.DEFAULT,
            ticker)
        .started();
  }
}
