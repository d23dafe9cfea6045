package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.ConnectionCounter;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that run on several nodes at the same time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterConnectionsTest {
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-conn", "all");
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final String NODES = new SlotNaming("test").ofNodes();

  private final TestClock clock = new TestClock();
  private final MemorySlots slots = new MemorySlots(clock);
  private final ManagedCluster one = join();
  private final ManagedCluster other = join();

  private ManagedCluster join() {
    return Stores.join(slots, new Stores.Sharing("test", TIMEOUT, 100), clock);
  }

  @AfterEach
  void leave() {
    one.close();
    other.close();
  }

  @Test
  void nodes_shareACounter_andReleasedSlotsAreReused() {
    ConnectionCounter here = one.connections();
    ConnectionCounter there = other.connections();
    assertEquals(1, here.enter(KEY, 3));
    assertEquals(2, there.enter(KEY, 3));
    assertEquals(3, there.enter(KEY, 3));
    assertEquals(0, here.enter(KEY, 3));
    assertEquals(0, there.enter(KEY, 3));
    there.leave(KEY);
    await(() -> here.enter(KEY, 3) == 3);
    assertEquals(0, there.enter(KEY, 3));
    assertEquals(4, there.enter(KEY, 9), "a larger limit");
  }

  /** A bug: an end was taken off twice, and a later one never, in one of ten such crowds. */
  @RepeatedTest(30)
  void concurrentRequests_onBothNodes_neverExceedTheLimit_andReleaseAllSlots() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger admitted = new AtomicInteger();
    AtomicInteger turn = new AtomicInteger();
    ConcurrentTasks.run(
        40,
        () -> {
          ConnectionCounter mine = (turn.getAndIncrement() % 2 == 0 ? one : other).connections();
          for (int i = 0; i < 50; i++) {
            if (mine.enter(KEY, 5) > 0) {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              admitted.incrementAndGet();
              Thread.onSpinWait();
              running.decrementAndGet();
              mine.leave(KEY);
            }
          }
          return 0;
        });
    assertTrue(most.get() <= 5, most + " at once");
    assertTrue(admitted.get() > 50, "positive control");
    await(() -> enteredAlone());
  }

  /** Returns whether nothing else runs. */
  private boolean enteredAlone() {
    boolean alone = one.connections().enter(KEY, 1) == 1;
    if (alone) {
      one.connections().leave(KEY);
    }
    return alone;
  }

  @Test
  void node_thatDies_releasesItsRequests() {
    assertEquals(1, other.connections().enter(KEY, 1));
    assertEquals(0, one.connections().enter(KEY, 1));
    other.close();
    clock.advance(Duration.ofSeconds(6));
    await(() -> one.connections().enter(KEY, 1) == 1);
  }

  @Test
  void release_whenTheEngineIsDown_isSentLater() {
    assertEquals(1, one.connections().enter(KEY, 1));
    slots.fail(true);
    one.connections().leave(KEY);
    slots.fail(false);
    await(() -> other.connections().enter(KEY, 1) == 1);
  }

  /** A request that was refused because it could not be counted never releases its slot. */
  @Test
  void enter_thatIsCountedTooLate_isReverted() {
    slots.hang();
    try {
      assertThrows(StoreException.class, () -> one.connections().enter(KEY, 1));
    } finally {
      slots.goOn();
    }
    await(() -> other.connections().enter(KEY, 1) == 1);
  }

  @Test
  void key_withoutRequests_isEvicted() {
    ClusterConnections counter = (ClusterConnections) one.connections();
    assertEquals(1, counter.enter(KEY, 1));
    assertEquals(1, counter.keys());
    counter.leave(KEY);
    await(() -> counter.keys() == 0);
  }

  /** A write that was made and then threw left one request counted for ever. */
  @Test
  void entry_whoseReplyIsLost_leavesNothingBehind() {
    for (int i = 0; i < 5; i++) {
      slots.loseReplies(name -> !name.equals(NODES));
      await(() -> fails(() -> one.connections().enter(KEY, 5)));
      slots.loseReplies(name -> false);
      await(one::answers);
    }
    for (int i = 1; i <= 5; i++) {
      long running = i;
      await(() -> one.connections().enter(KEY, 5) == running);
    }
    assertEquals(0, other.connections().enter(KEY, 5));
  }

  /** An end that was counted twice let in one request too many. */
  @Test
  void end_whoseReplyIsLost_isCountedOnce() {
    for (int i = 1; i <= 5; i++) {
      assertEquals(i, one.connections().enter(KEY, 5));
    }
    long changes = slots.changes();
    slots.loseReplies(name -> !name.equals(NODES));
    one.connections().leave(KEY);
    await(() -> slots.changes() > changes);
    slots.loseReplies(name -> false);
    ClusterConnections counter = (ClusterConnections) one.connections();
    await(() -> counter.unconfirmed() == 0);
    assertEquals(5, other.connections().enter(KEY, 5));
    assertEquals(0, other.connections().enter(KEY, 5), "the sixth of five");
    assertEquals(0, one.connections().enter(KEY, 5), "the sixth of five");
  }

  /** Requests of a node that paused were forgotten, and nothing counted them again. */
  @Test
  void node_thatWasDeclaredDead_correctsItsCount() {
    assertEquals(1, one.connections().enter(KEY, 2));
    assertEquals(2, one.connections().enter(KEY, 2));
    slots.clear();
    ClusterConnections counter = (ClusterConnections) other.connections();
    await(() -> counter.enter(KEY, 2) == 0 || left(counter));
    assertEquals(0, counter.enter(KEY, 2));
    one.connections().leave(KEY);
    await(() -> counter.enter(KEY, 2) == 2);
  }

  private static boolean left(ConnectionCounter counter) {
    counter.leave(KEY);
    return false;
  }

  /** A slot had room for the numbers of 40 nodes. */
  @Test
  void node_beyondTheFortieth_isServed() {
    List<ManagedCluster> nodes = new ArrayList<>();
    try {
      for (int i = 1; i <= 70; i++) {
        ManagedCluster node = join();
        nodes.add(node);
        assertEquals(i, node.connections().enter(KEY, 100));
      }
      await(() -> nodes.stream().allMatch(node -> node.nodes() == 72));
      assertEquals(71, one.connections().enter(KEY, 100));
      assertEquals(0, one.connections().enter(KEY, 71));
    } finally {
      nodes.forEach(ManagedCluster::close);
    }
  }

  /** Two applications of one namespace counted together without a word. */
  @Test
  void nodes_ofAnotherApplication_countApart() {
    NodeIdentity orders = new NodeIdentity("/orders/*", UUID.randomUUID());
    NodeIdentity more = new NodeIdentity("/orders/*", UUID.randomUUID());
    NodeIdentity stock = new NodeIdentity("/stock/*", UUID.randomUUID());
    NodeIdentity any = new NodeIdentity("", UUID.randomUUID());
    assertFalse(orders.isStranger(more.number()));
    assertTrue(orders.isStranger(stock.number()));
    assertFalse(any.isStranger(stock.number()));
    assertNotEquals(orders.number(), more.number());
  }

  private static boolean fails(LongSupplier question) {
    try {
      return question.getAsLong() < 0;
    } catch (StoreException lost) {
      return true;
    }
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds(holds)) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean holds(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (StoreException down) {
      return false;
    }
  }
}
