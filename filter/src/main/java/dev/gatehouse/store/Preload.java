package dev.gatehouse.store;

import dev.gatehouse.spi.ConsumerDirectory;
import dev.gatehouse.spi.ConsumerDirectory.Search;
import dev.gatehouse.spi.ConsumerEntry;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings all Consumers into memory, a page at a time, so that those are known too who have not
 * called yet.
 *
 * <p>Pages are read between two looks at the change feed, on the same thread: whatever changes
 * after a page was read is told by the next look. What another thread forgets meanwhile makes the
 * page count as not read. Source: limits section 8, security R1.
 */
final class Preload {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");

  private final ConsumerDirectory directory;
  private final long most;
  private final boolean asked;
  private final Consumer<ConsumerEntry> keep;
  private final CountDownLatch first = new CountDownLatch(1);
  private Optional<String> after = Optional.empty();
  private long forgotten;

  /**
   * Nothing is read yet.
   *
   * @param most how many Consumers have room
   * @param asked whether as many as have room are wanted even if there are more
   * @param keep takes one with its Credentials
   */
  Preload(ConsumerDirectory directory, long most, boolean asked, Consumer<ConsumerEntry> keep) {
    this.directory = directory;
    this.most = most;
    this.asked = asked;
    this.keep = keep;
  }

  /** Begins anew; answers whether there is something to read. */
  boolean begin() {
    after = Optional.empty();
    long total = directory.list(Search.ALL, 0, 1).total();
    boolean fits = total <= most;
    if (!fits && asked) {
      LOG.log(
          Level.WARNING,
          "{0} consumers do not fit: gatehouse.store.cache.max-entries is {1}",
          total,
          most);
    }
    boolean reads = fits || asked;
    if (!reads) {
      first.countDown();
    }
    return reads;
  }

  /** Reads a page; answers whether there is another one. */
  boolean step() {
    long before = forgotten();
    List<ConsumerEntry> page = directory.entries(after, ConsumerDirectory.MOST);
    boolean kept = kept(page, before);
    boolean more = !kept || page.size() == ConsumerDirectory.MOST;
    if (kept && !page.isEmpty()) {
      after = Optional.of(page.get(page.size() - 1).consumer().username());
    }
    if (!more) {
      first.countDown();
    }
    return more;
  }

  private synchronized long forgotten() {
    return forgotten;
  }

  private synchronized boolean kept(List<ConsumerEntry> page, long before) {
    if (forgotten != before) {
      return false;
    }
    page.forEach(keep);
    return true;
  }

  /** Forgets something, of which a page that is being read may hold the state before. */
  synchronized void forgetting(Runnable forget) {
    forgotten++;
    forget.run();
  }

  /** A failure leaves those out who were not read: they are read when they call. */
  void failed(RuntimeException failure) {
    LOG.log(Level.WARNING, "the consumers could not all be read: {0}", String.valueOf(failure));
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
