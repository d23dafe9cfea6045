package dev.gatehouse.internal.store.cache;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ChangeFeed.Preloading;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.PreconditionFailedException;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A repository behind a bounded cache that follows its change feed.
 *
 * <p>An entry is valid until the feed reports a change, so known callers are served during an
 * outage of the store, up to a maximum staleness. A Credential refers to its Consumer by name, so a
 * changed Consumer affects all of its Credentials at once. Without a feed an entry is valid for the
 * interval. Reads through this object see all earlier writes through it.
 */
final class ChangeTrackingStore extends InvalidatingRepository {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");

  /** The maximum age of the last poll for which an unknown key is refused without a query. */
  private static final Duration MAX_AGE_OF_ABSENCE = Duration.ofMillis(50);

  /** The pause of a failed preload, in intervals of the feed. */
  private static final int INTERVALS_BEFORE_RETRY = 10;

  /** The threads of the Admin API, separate from those of requests. */
  private static final int ADMIN_THREADS = 4;

  private static final Duration MAX_START = Duration.ofMinutes(1);

  private final ConsumerRepository repository;
  private final boolean owned;
  private final boolean hasFeed;
  private final ChangeFeed.Tracking tracking;
  private final ChangeFeedPoller watch;
  private final StoreCalls calls;
  private final StoreCalls adminCalls;
  private final StoreCache cache;
  private final Optional<CachePreloader> preload;
  private final Optional<PreloadRun> preloadRun;
  private final LastUsedBuffer uses;
  private final Optional<ChangeHints> hints;

  /**
   * The source of a tracking store.
   *
   * @param hints hints that replace those of the feed; closed with the tracking store
   * @param owned whether the repository is closed with the tracking store
   */
  record Source(ConsumerRepository repository, Optional<ChangeHints> hints, boolean owned) {}

  /** Creates a store. It follows the feed after {@link #started}. */
  ChangeTrackingStore(Source source, ChangeFeed.Tracking tracking, InstantSource ticker) {
    super(source.repository());
    Optional<ChangeFeed> feed = source.repository().feed();
    this.repository = source.repository();
    this.owned = source.owned();
    this.hasFeed = feed.isPresent();
    this.tracking = tracking;
    this.watch =
        new ChangeFeedPoller(
            feed.orElse(ChangeFeed.Changes::none),
            this::process,
            new ChangeFeedPoller.Pace(
                tracking.interval(), tracking.timeout(), tracking.maxStaleness()),
            ticker);
    this.calls = new StoreCalls(tracking.timeout(), watch::isDown);
    this.adminCalls =
        new StoreCalls(tracking.timeout(), watch::isDown, "gatehouse-admin", ADMIN_THREADS);
    this.cache = new StoreCache(repository, calls, bounds(tracking, hasFeed, ticker));
    this.uses = new LastUsedBuffer(repository, watch::isDown);
    this.hints = source.hints().or(() -> feed.filter(f -> tracking.hints()).flatMap(f -> hints(f)));
    CachePreloader.Extent wanted =
        new CachePreloader.Extent(tracking.maxEntries(), tracking.preload() == Preloading.ALL);
    this.preload =
        feed.filter(any -> tracking.preload() != Preloading.NONE)
            .map(any -> new CachePreloader(repository, wanted, cache));
    Duration pause = tracking.interval().multipliedBy(INTERVALS_BEFORE_RETRY);
    this.preloadRun = preload.map(all -> new PreloadRun(all, watch, pause));
  }

  /** Returns the bounds of the caches. Without a feed, entries expire. */
  private static ReadThroughCache.CacheBounds bounds(
      ChangeFeed.Tracking tracking, boolean hasFeed, InstantSource ticker) {
    return new ReadThroughCache.CacheBounds(
        tracking.maxEntries(),
        hasFeed ? Optional.empty() : Optional.of(tracking.interval()),
        ticker);
  }

  /** Returns the hints of a feed. If the store does not answer at the start, there are none. */
  private static Optional<ChangeHints> hints(ChangeFeed feed) {
    try {
      return feed.hints();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "the store gives no hints: " + e);
      return Optional.empty();
    }
  }

  /** Starts to follow the feed and waits for the preload. */
  ChangeTrackingStore started() {
    watch.start();
    hints.ifPresent(some -> some.listen(watch::hint));
    uses.start(tracking.useInterval());
    if (!watch.isDown()) {
      preload.ifPresent(reading -> reading.await(MAX_START.toMillis()));
    }
    return this;
  }

  @Override
  public Health health() {
    Optional<Duration> age = watch.timeSincePoll();
    boolean serves = age.filter(past -> past.compareTo(tracking.maxStaleness()) <= 0).isPresent();
    return new Health(serves, !watch.isDown(), hasFeed ? age : Optional.empty());
  }

  @Override
  public void noteUse(StoredCredential credential) {
    uses.note(credential);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    watch.check();
    return cache.credential(new Place(plugin, lookup), () -> watch.beCurrent(MAX_AGE_OF_ABSENCE));
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    watch.check();
    return cache.consumer(username);
  }

  @Override
  public @Nullable PluginSet group(String id) {
    watch.check();
    return cache.group(id);
  }

  @Override
  public Optional<ChangeFeed> feed() {
    return repository.feed();
  }

  private void process(ChangeFeed.Changes changes) {
    cache.apply(changes);
    if (changes.everything()) {
      preloadRun.ifPresent(PreloadRun::restart);
    }
  }

  /** Does not change rights, so a failure does not affect the cache. */
  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    return seen(
        Scope.of(was.consumer().username()), calls.of(() -> repository.renew(was, settings)));
  }

  /** Does not change rights: the Credential under the old key stays valid. */
  @Override
  public boolean move(StoredCredential was, LookupKey from, LookupKey to) {
    String plugin = was.credential().plugin();
    return seen(
        new Scope(
            Set.of(was.consumer().username()),
            Set.of(new Place(plugin, from), new Place(plugin, to)),
            Set.of()),
        calls.of(() -> repository.move(was, from, to)));
  }

  private boolean seen(Scope scope, @Nullable Boolean changed) {
    boolean done = Boolean.TRUE.equals(changed);
    if (done && hasFeed) {
      boolean unused = watch.catchUp();
    } else if (done) {
      cache.forget(scope);
    }
    return done;
  }

  @Override
  boolean write(Scope scope, Supplier<Boolean> write) {
    return Boolean.TRUE.equals(adminCalls.of(() -> written(scope, write)));
  }

  @Override
  void writeMany(Scope scope, Runnable write) {
    Boolean unused =
        adminCalls.ofLong(
            () ->
                written(
                    scope,
                    () -> {
                      write.run();
                      return true;
                    }));
  }

  @Override
  <T> T ask(Supplier<T> query) {
    return Objects.requireNonNull(adminCalls.of(query::get));
  }

  @Override
  <T> T askLong(Supplier<T> work) {
    return Objects.requireNonNull(adminCalls.ofLong(work::get));
  }

  /** A failed write may have been executed, unless it was refused. */
  private boolean written(Scope scope, Supplier<Boolean> write) {
    boolean forget = true;
    try {
      boolean answer = write.get();
      hints.ifPresent(ChangeHints::send);
      forget = !(hasFeed && watch.catchUp());
      return answer;
    } catch (ConflictException | ConfigException | PreconditionFailedException e) {
      forget = false;
      throw e;
    } finally {
      if (forget) {
        Runnable forgetting = () -> cache.forget(scope);
        preload.ifPresentOrElse(reading -> reading.forgetting(forgetting), forgetting);
      }
    }
  }

  @Override
  public void close() {
    hints.ifPresent(ChangeHints::close);
    watch.close();
    uses.close(tracking.timeout());
    calls.close();
    adminCalls.close();
    if (owned) {
      repository.close();
    }
  }

  @Override
  public String toString() {
    return "tracking(" + repository + ")";
  }
}
