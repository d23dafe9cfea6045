package dev.gatehouse.internal.store.cache;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The Credentials that were used since this was last written to the store.
 *
 * <p>Bounded, and safe for use by several threads. A request with a Credential that is noted
 * already costs one look-up. A write may wait long for the store, so it has a thread of its own and
 * never runs on the one that polls the change feed.
 */
final class LastUsedBuffer {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final int MAX_NOTED = 100_000;
  private static final int BATCH = 200;

  private final Set<CredentialUse> noted = ConcurrentHashMap.newKeySet();
  private final ConsumerRepository repository;
  private final BooleanSupplier down;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatehouse-uses"));
  private volatile boolean closed;

  /**
   * Creates an empty buffer that does not write before it is started.
   *
   * @param down whether the store is known not to answer
   */
  LastUsedBuffer(ConsumerRepository repository, BooleanSupplier down) {
    this.repository = repository;
    this.down = down;
  }

  /** Begins to write, each time after a pause since the write before. */
  void start(Duration pause) {
    long millis = pause.toMillis();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(this::write, millis, millis, TimeUnit.MILLISECONDS);
  }

  void note(StoredCredential credential) {
    CredentialUse use =
        new CredentialUse(credential.consumer().username(), credential.credential().id());
    if (!noted.contains(use) && noted.size() < MAX_NOTED) {
      noted.add(use);
    }
  }

  /** Writes all that is noted in batches; what cannot be written now stays noted. */
  private void write() {
    List<CredentialUse> left = new ArrayList<>();
    List<CredentialUse> uses = List.of();
    try {
      boolean more = true;
      while (more && !closed && !down.getAsBoolean()) {
        uses = takeBatch();
        more = !uses.isEmpty();
        if (more) {
          left.addAll(repository.recordUses(uses));
          uses = List.of();
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the last uses of credentials wait", e);
    } finally {
      noted.addAll(uses);
      noted.addAll(left);
    }
  }

  /** Returns some in the order in which every node writes them, so that no two nodes deadlock. */
  private List<CredentialUse> takeBatch() {
    List<CredentialUse> taken = new ArrayList<>();
    for (Iterator<CredentialUse> all = noted.iterator(); all.hasNext() && taken.size() < BATCH; ) {
      taken.add(all.next());
      all.remove();
    }
    taken.sort(null);
    return taken;
  }

  /** Writes what is left, but waits no longer than a timeout. */
  void close(Duration timeout) {
    if (!thread.isShutdown()) {
      Future<?> unused = thread.submit(this::write);
      thread.shutdown();
    }
    try {
      boolean unusedResult = thread.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
    }
  }
}
