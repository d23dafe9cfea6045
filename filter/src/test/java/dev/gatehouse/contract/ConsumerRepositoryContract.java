package dev.gatehouse.contract;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.consumer;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of each {@code ConsumerRepository}. A test of a repository extends it and returns
 * the repository.
 *
 * <p>Times have a resolution of at least one microsecond. This class tests concurrent access.
 */
public abstract class ConsumerRepositoryContract extends QueryContract {
  private static final int WRITERS = 50;

  @Test
  void putCredential_whenManyWantOneKey_exactlyOneWins() throws Exception {
    store().putAll(IntStream.range(0, WRITERS).mapToObj(i -> Entries.entry("c" + i)).toList());

    List<Boolean> won =
        atOnce(
            i -> {
              try {
                return store().put("c" + i, keyAuth("primary", "k1"));
              } catch (ConflictException refused) {
                return false;
              }
            });

    assertEquals(1, won.stream().filter(w -> w).count());
    assertEquals("c" + won.indexOf(true), found("k1").consumer().username());
  }

  @Test
  void putConsumer_whenManyThreadsCreateIt_reportsCreationOnce() throws Exception {
    List<Boolean> created = atOnce(i -> store().put(Entries.version("acme", i)));

    assertEquals(1, created.stream().filter(w -> w).count());
    assertWhole(store().consumer("acme"));
  }

  @Test
  void putCredential_whenManyAddToOneConsumer_losesNone() throws Exception {
    store().put(consumer("acme"));

    List<Boolean> created = atOnce(i -> store().put("acme", keyAuth("id" + i, "k" + i)));

    assertTrue(created.stream().allMatch(w -> w));
    for (int i = 0; i < WRITERS; i++) {
      assertEquals("id" + i, found("k" + i).credential().id());
    }
  }

  @Test
  void read_whileTheConsumerIsReplaced_isNeverTorn() throws Exception {
    store().put(Entries.version("acme", 0));
    store().put("acme", keyAuth("primary", "k1"));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<?> reads =
          reader.submit(
              () -> {
                while (!done.get()) {
                  assertWhole(store().consumer("acme"));
                  assertWhole(found("k1").consumer());
                }
              });
      atOnce(i -> store().put(Entries.version("acme", i)));
      done.set(true);
      reads.get(60, TimeUnit.SECONDS);
    } finally {
      done.set(true);
      reader.shutdownNow();
    }
  }

  @Test
  void putCredential_whileTheConsumerIsRemoved_leavesNoOrphan() throws Exception {
    for (int round = 0; round < 5; round++) {
      store().put(consumer("acme"));
      atOnce(
          i -> {
            try {
              return i == WRITERS / 2
                  ? store().remove("acme")
                  : store().put("acme", keyAuth("id" + i, "k" + i));
            } catch (ConflictException gone) {
              return false;
            }
          });

      assertNull(store().consumer("acme"));
      for (int i = 0; i < WRITERS; i++) {
        assertNull(store().credential(KEY_AUTH, lookup("k" + i)), "orphan of thread " + i);
      }
    }
  }

  @Test
  void credential_whileItMovesToAnotherKey_isFoundUnderOneOfThem() throws Exception {
    store().put(consumer("acme"));
    store().put("acme", keyAuth("primary", "k0"));

    atOnce(i -> store().put("acme", keyAuth("primary", "k" + i)));

    List<StoredCredential> left = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      StoredCredential found = store().credential(KEY_AUTH, lookup("k" + i));
      if (found != null) {
        left.add(found);
      }
    }
    assertEquals(1, left.size());
  }

  /** Runs one task per writer, all released together, and answers in the order of the writers. */
  private static List<Boolean> atOnce(IntFunction<Boolean> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        Callable<Boolean> call =
            () -> {
              start.await();
              return task.apply(writer);
            };
        running.add(pool.submit(call));
      }
      start.countDown();
      List<Boolean> answers = new ArrayList<>();
      for (Future<Boolean> one : running) {
        answers.add(one.get(60, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void assertWhole(@Nullable Consumer found) {
    assertNotNull(found);
    String text = found.description().orElseThrow();
    assertEquals(Entries.version(found.username(), Integer.parseInt(text.substring(1))), found);
  }
}
