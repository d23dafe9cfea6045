package dev.gatehouse.internal.store.cache;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerEditor;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerGroups;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.PreconditionFailedException;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A slow store behind bounded memory that follows the store's change feed.
 *
 * <p>What is kept stays until the feed tells that it changed, so known callers are served while the
 * store is away, up to a stated staleness. A Credential leads to its Consumer by name, so a changed
 * Consumer is seen by all its Credentials at once. A write through this object is seen by every
 * later read of this object at once, unless a transaction of the caller is still to commit it.
 */
public final class ChangeTrackingStore implements ManagedStore {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");

  /** How old the last look at the feed may be when something is said not to be there. */
  private static final Duration YOUNGEST = Duration.ofMillis(50);

  /** A page of the preload that failed is read again after so many looks at the feed. */
  private static final int INTERVALS_BEFORE_RETRY = 10;

  /** Apart from those of requests, so that managers cannot hold these up. */
  private static final int MANAGING_THREADS = 4;

  private static final Duration MAX_START = Duration.ofMinutes(1);

  private final ManagedStore store;
  private final ChangeFeedPoller watch;
  private final Duration maxStaleness;
  private final Duration timeout;
  private final StoreCalls calls;
  private final StoreCalls managing;
  private final StoreCache kept;
  private final Optional<CachePreloader> preload;
  private final Optional<PreloadRun> preloadRun;
  private final LastUsedBuffer lastUse = new LastUsedBuffer();
  private final LastUseWriter uses;
  private final Duration useInterval;
  private final Optional<ChangeHints> hints;

  /**
   * What is watched.
   *
   * @param hints of somebody else than the feed
   */
  public record Source(ManagedStore store, ChangeFeed feed, Optional<ChangeHints> hints) {}

  /**
   * Does not watch before it is {@link #started}.
   *
   * @param watching how many Credentials are kept, as many unknown keys, and as many Consumers; and
   *     how the feed is followed
   */
  public ChangeTrackingStore(Source source, Stores.Watching watching, InstantSource ticker) {
    ManagedStore store = source.store();
    ChangeFeed feed = source.feed();
    long maxEntries = watching.maxEntries();
    ChangeFeedPoller.Pace pace =
        new ChangeFeedPoller.Pace(watching.interval(), watching.timeout(), watching.maxStaleness());
    this.store = store;
    this.maxStaleness = pace.maxStaleness();
    this.timeout = pace.timeout();
    this.watch = new ChangeFeedPoller(feed, this::heed, pace, ticker);
    this.calls = new StoreCalls(pace.timeout(), watch::isDown);
    this.managing =
        new StoreCalls(pace.timeout(), watch::isDown, "gatehouse-admin", MANAGING_THREADS);
    this.kept = new StoreCache(store, calls, maxEntries);
    this.uses = new LastUseWriter(lastUse, store, watch::isDown);
    this.useInterval = watching.useInterval();
    this.hints = source.hints().or(() -> watching.hints() ? hints(feed) : Optional.empty());
    boolean asked = watching.preload() == Stores.Preloading.ALL;
    this.preload =
        watching.preload() == Stores.Preloading.NONE
            ? Optional.empty()
            : store
                .directory()
                .map(
                    all ->
                        new CachePreloader(
                            store, all, new CachePreloader.Wanted(maxEntries, asked), kept));
    Duration pause = pace.interval().multipliedBy(INTERVALS_BEFORE_RETRY);
    this.preloadRun = preload.map(all -> new PreloadRun(all, watch, pause));
  }

  /** A store that does not answer at the start is looked at in its time. */
  private static Optional<ChangeHints> hints(ChangeFeed feed) {
    try {
      return feed.hints();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "the store gives no hints: " + e);
      return Optional.empty();
    }
  }

  /** Watches, and waits until those are in memory who are to be. */
  public ChangeTrackingStore started() {
    watch.start();
    hints.ifPresent(some -> some.listen(watch::hint));
    uses.start(useInterval);
    if (!watch.isDown()) {
      preload.ifPresent(reading -> reading.await(MAX_START.toMillis()));
    }
    return this;
  }

  @Override
  public State state() {
    Optional<Duration> told = watch.told();
    boolean serves = told.filter(age -> age.compareTo(maxStaleness) <= 0).isPresent();
    return new State(serves, !watch.isDown(), told);
  }

  @Override
  public void noteUse(StoredCredential credential) {
    lastUse.note(credential);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    watch.check();
    return kept.credential(new Place(plugin, lookup), () -> watch.beCurrent(YOUNGEST));
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    watch.check();
    return kept.consumer(username);
  }

  @Override
  public @Nullable PluginSet group(String id) {
    watch.check();
    return kept.group(id);
  }

  @Override
  public Optional<ConsumerGroups> groups() {
    return store.groups().map(all -> new WatchedGroups(all, this::groupWritten));
  }

  private boolean groupWritten(String id, Supplier<Boolean> write) {
    return written(write, () -> kept.forgetGroup(id));
  }

  @Override
  public Optional<ConsumerDirectory> directory() {
    return store.directory();
  }

  @Override
  public Optional<AuditTrail> audit() {
    return store.audit();
  }

  @Override
  public Optional<ConsumerEditor> editor() {
    return store.editor().map(editor -> new WatchedEditor(editor, this::written));
  }

  @Override
  public ManagedStore managed() {
    return new BoundedStore(this, managing);
  }

  @Override
  public Optional<ChangeFeed> feed() {
    return store.feed();
  }

  private void heed(ChangeFeed.Changes changes) {
    kept.heed(changes);
    if (changes.everything()) {
      preloadRun.ifPresent(PreloadRun::restart);
    }
  }

  @Override
  public boolean put(Consumer consumer) {
    return written(Set.of(consumer.username()), List.of(), () -> store.put(consumer));
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    return written(Set.of(username), List.of(entry), () -> store.put(username, entry));
  }

  /** Changes nobody's rights, so a failure leaves what is kept as it is. */
  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    boolean renewed = Boolean.TRUE.equals(calls.of(() -> store.renew(was, settings)));
    if (renewed) {
      boolean unused = watch.catchUp();
    }
    return renewed;
  }

  /** Likewise; found under the old key it still is what it was. */
  @Override
  public boolean move(StoredCredential was, LookupKey from, LookupKey to) {
    boolean moved = Boolean.TRUE.equals(calls.of(() -> store.move(was, from, to)));
    if (moved) {
      boolean unused = watch.catchUp();
    }
    return moved;
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    Set<String> usernames = new HashSet<>();
    entries.forEach(entry -> usernames.add(entry.consumer().username()));
    written(
        usernames,
        entries.stream().flatMap(entry -> entry.credentials().stream()).toList(),
        () -> {
          store.putAll(entries);
          return true;
        });
  }

  @Override
  public boolean remove(String username) {
    return written(Set.of(username), List.of(), () -> store.remove(username));
  }

  @Override
  public boolean remove(String username, String credentialId) {
    return written(Set.of(username), List.of(), () -> store.remove(username, credentialId));
  }

  private boolean written(
      Set<String> usernames, List<CredentialEntry> entries, Supplier<Boolean> write) {
    return written(write, () -> kept.forget(usernames, entries));
  }

  /** A write that failed may have been done all the same, unless it was refused. */
  private boolean written(Supplier<Boolean> write, Runnable forgetting) {
    boolean forget = true;
    try {
      boolean answer = write.get();
      hints.ifPresent(ChangeHints::tell);
      forget = !watch.catchUp();
      return answer;
    } catch (ConflictException | ConfigException | PreconditionFailedException e) {
      forget = false;
      throw e;
    } finally {
      if (forget) {
        preload.ifPresentOrElse(reading -> reading.forgetting(forgetting), forgetting);
      }
    }
  }

  @Override
  public void close() {
    hints.ifPresent(ChangeHints::close);
    watch.close();
    uses.close(timeout);
    calls.close();
    managing.close();
    store.close();
  }

  @Override
  public String toString() {
    return "watched(" + store + ")";
  }
}
