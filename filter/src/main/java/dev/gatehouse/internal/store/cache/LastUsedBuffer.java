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
 * A buffer of used Credentials, to be written to the store.
 *
 * <p>A request with a buffered Credential costs one lookup. Writes may wait for the store, so they
 * have their own thread and never run on the thread that polls the change feed. Bounded, and safe
 * for use by several threads.
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
   * Creates an empty buffer. It writes after {@link #start}.
   *
   * @param down returns whether the store is down
   */
  LastUsedBuffer(ConsumerRepository repository, BooleanSupplier down) {
    this.repository = repository;
    this.down = down;
  }

  /** Starts to write, with a pause after each write. */
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

  /** Writes all buffered uses in batches. Uses that cannot be written stay buffered. */
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

  /** Returns a batch in the order that every node uses, which avoids deadlocks. */
  private List<CredentialUse> takeBatch() {
    List<CredentialUse> taken = new ArrayList<>();
    for (Iterator<CredentialUse> all = noted.iterator(); all.hasNext() && taken.size() < BATCH; ) {
      taken.add(all.next());
      all.remove();
    }
    taken.sort(null);
    return taken;
  }

  /** Writes the rest and waits at most for a timeout. */
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
