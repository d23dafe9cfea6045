package dev.gatehouse.internal.store.cache;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedGroup;
import dev.gatehouse.spi.store.ConsumerRepository.Search;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Preloads all Consumers into the cache, page by page.
 *
 * <p>Pages are read between two polls of the change feed on the same thread, so that the next poll
 * reports later changes. If another thread invalidates entries meanwhile, the page is read again.
 */
final class CachePreloader {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");

  private final ConsumerRepository repository;
  private final Extent wanted;
  private final Target into;
  private final CountDownLatch first = new CountDownLatch(1);
  private Optional<String> after = Optional.empty();
  private boolean fits;
  private boolean failing;
  private long forgotten;

  /**
   * The extent of a preload.
   *
   * @param most the maximum number of Consumers
   * @param asked whether Consumers are loaded even if there are more than the maximum
   */
  record Extent(long most, boolean asked) {}

  /**
   * A page.
   *
   * @param groups all groups, in the first page only
   * @param entries the Consumers with their Credentials
   * @param unreadable the places of unreadable Credentials, which must not count as unknown
   */
  record Page(List<ConsumerGroup> groups, List<ConsumerEntry> entries, Set<Place> unreadable) {}

  /** The receiver of pages. */
  interface Target {
    /** Called before the first page. */
    void begin();

    /** Called for a page. */
    void add(Page page);

    /** Called after the last page. */
    void complete();
  }

  /** Creates a preloader. */
  CachePreloader(ConsumerRepository repository, Extent wanted, Target into) {
    this.repository = repository;
    this.wanted = wanted;
    this.into = into;
  }

  /** Begins with the first page. Returns whether there is something to read. */
  boolean begin() {
    after = Optional.empty();
    into.begin();
    long total = repository.listConsumers(Search.ALL, 0, 1).total();
    fits = total <= wanted.most();
    if (!fits && wanted.asked()) {
      LOG.log(
          Level.WARNING,
          "{0} consumers do not fit: gatehouse.store.cache.max-entries is {1}",
          total,
          wanted.most());
    }
    boolean reads = fits || wanted.asked();
    if (!reads) {
      first.countDown();
    }
    return reads;
  }

  /** Reads a page. Returns whether there may be another one. */
  boolean step() {
    long before = forgotten();
    ConsumerRepository.Page page = repository.readPage(after, ConsumerRepository.MAX_PAGE);
    failing = false;
    boolean kept =
        addUnlessChanged(
            new Page(after.isEmpty() ? groups() : List.of(), page.entries(), page.unreadable()),
            before);
    boolean more = !kept || page.more();
    if (kept) {
      after = page.last();
    }
    if (!more) {
      if (fits) {
        into.complete();
      }
      first.countDown();
    }
    return more;
  }

  private List<ConsumerGroup> groups() {
    return repository.listGroups().stream().map(ListedGroup::group).toList();
  }

  private synchronized long forgotten() {
    return forgotten;
  }

  private synchronized boolean addUnlessChanged(Page page, long before) {
    if (forgotten != before) {
      return false;
    }
    into.add(page);
    return true;
  }

  /** Invalidates entries, of which a page that is being read may contain the old state. */
  synchronized void forgetting(Runnable forget) {
    forgotten++;
    forget.run();
  }

  /**
   * Records a failed page, which is read again later. Until then, other Consumers are looked up
   * when they call.
   */
  void fail(RuntimeException failure) {
    if (!failing) {
      LOG.log(Level.WARNING, "the consumers could not all be read yet: {0}", failure.toString());
    }
    failing = true;
    first.countDown();
  }

  /** Waits for the end of the preload, at most for a time. */
  void await(long millis) {
    try {
      boolean unused = first.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
