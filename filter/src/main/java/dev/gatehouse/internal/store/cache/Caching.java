package dev.gatehouse.internal.store.cache;

import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.time.InstantSource;
import java.util.Optional;

/** Creates caches in front of repositories. */
public final class Caching {
  private Caching() {}

  /**
   * Returns a repository behind a bounded cache that follows its change feed.
   *
   * <p>Entries do not age: what another node changes is forgotten when the feed reports it. While
   * the store does not answer, known callers are served up to {@code maxStaleness}, and a look-up
   * of an unknown one throws a {@link dev.gatehouse.spi.store.StoreException} at once. Without a
   * {@link ConsumerRepository#feed() feed} entries are as old as the interval at most. Writes and
   * queries are not waited for longer than the timeout, and take part in no transaction of the
   * caller.
   *
   * @param repository is closed with the result
   * @param ticker a clock whose milliseconds never go back
   */
  public static ConsumerRepository track(
      ConsumerRepository repository, ChangeFeed.Tracking tracking, InstantSource ticker) {
    return track(repository, tracking, Optional.empty(), ticker);
  }

  /**
   * Does the same with hints from elsewhere than the store.
   *
   * @param hints closed with the result
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
   * Does the same with the defaults, for a repository that has a feed and stays open when the
   * result is closed.
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
