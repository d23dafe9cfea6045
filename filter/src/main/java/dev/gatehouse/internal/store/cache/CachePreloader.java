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
 * Brings all Consumers into memory, a page at a time, so that those are known too who have not
 * called yet.
 *
 * <p>Pages are read between two looks at the change feed, on the same thread: whatever changes
 * after a page was read is told by the next look. What another thread forgets meanwhile makes the
 * page count as not read. Source: limits section 8, security R1.
 */
final class CachePreloader {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");

  private final ConsumerRepository repository;
  private final Wanted wanted;
  private final Into into;
  private final CountDownLatch first = new CountDownLatch(1);
  private Optional<String> after = Optional.empty();
  private boolean fits;
  private boolean failing;
  private long forgotten;

  /**
   * How many are read.
   *
   * @param most how many Consumers have room
   * @param asked whether as many as have room are wanted even if there are more
   */
  record Wanted(long most, boolean asked) {}

  /**
   * What was read at once.
   *
   * @param groups all groups of Consumers, with the first page only
   * @param entries Consumers with their Credentials
   * @param unreadable places of Credentials that cannot be read, which must not count as unknown
   */
  record Page(List<ConsumerGroup> groups, List<ConsumerEntry> entries, Set<Place> unreadable) {}

  /** Where all are read into. */
  interface Into {
    /** What is there does not count as all any more. */
    void begin();

    /** Takes a page. */
    void keep(Page page);

    /** All there are have been taken. */
    void complete();
  }

  /** Nothing is read yet. */
  CachePreloader(ConsumerRepository repository, Wanted wanted, Into into) {
    this.repository = repository;
    this.wanted = wanted;
    this.into = into;
  }

  /** Begins with the first page; returns whether there is something to read. */
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

  /** Reads a page; answers whether there is another one. */
  boolean step() {
    long before = forgotten();
    ConsumerRepository.Page page = repository.readPage(after, ConsumerRepository.MAX_PAGE);
    failing = false;
    boolean kept =
        kept(
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

  private synchronized boolean kept(Page page, long before) {
    if (forgotten != before) {
      return false;
    }
    into.keep(page);
    return true;
  }

  /** Forgets something, of which a page that is being read may hold the state before. */
  synchronized void forgetting(Runnable forget) {
    forgotten++;
    forget.run();
  }

  /**
   * Notes that a page could not be read. It is read again later; until then Consumers that were not
   * read are looked up when they call.
   */
  void fail(RuntimeException failure) {
    if (!failing) {
      LOG.log(Level.WARNING, "the consumers could not all be read yet: {0}", failure.toString());
    }
    failing = true;
    first.countDown();
  }

  /** Waits until all were read once, or the time is over. */
  void await(long millis) {
    try {
      boolean unused = first.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
