package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.ConnectionCounter;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Numbers of several nodes through an engine that loses replies, requests and values. */
class ClusterConnectionsProperties {
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-conn", "all");
  private static final int NODES = 3;

  /** A node whose engine answers in the thread that asks. */
  private static final class Node {
    private final Heartbeat heart;
    private final EngineHealth health = new EngineHealth(() -> {});
    private final ClusterConnections counter;
    private long running;

    Node(MemorySlots slots, long self, TestClock clock) {
      SlotNaming names = new SlotNaming("test");
      Stores.Sharing sharing = new Stores.Sharing("test", Duration.ofSeconds(1), 100);
      heart = new Heartbeat(slots, names.ofNodes(), self, clock, health);
      counter =
          new ClusterConnections(
              new ClusterTransport(slots, sharing, Runnable::run, health), heart);
      beat();
    }

    void beat() {
      heart.beat();
      counter.settle();
    }

    void enter(long most) {
      try {
        running += counter.enter(KEY, most) > 0 ? 1 : 0;
      } catch (StoreException notCounted) {
        // The request is refused.
      }
    }

    void leave() {
      if (running > 0) {
        running--;
        counter.leave(KEY);
      }
    }
  }

  @Property(tries = 2_000)
  void nodes_neverAdmitTooMany_andEndWithTheirOwnNumbers(
      @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> steps,
      @ForAll @IntRange(min = 1, max = 4) int most,
      @ForAll boolean losesRequests,
      @ForAll Random random) {
    TestClock clock = new TestClock();
    MemorySlots slots = new MemorySlots(clock);
    List<Node> nodes = new ArrayList<>();
    for (int i = 1; i <= NODES; i++) {
      nodes.add(new Node(slots, i, clock));
    }
    for (int step : steps) {
      Node node = nodes.get(random.nextInt(NODES));
      switch (step) {
        case 0 -> slots.loseReplies(name -> true);
        case 1 -> slots.fail(losesRequests);
        case 2 -> {
          slots.fail(false);
          slots.loseReplies(name -> false);
          nodes.forEach(Node::beat);
        }
        case 3 -> node.leave();
        default -> node.enter(most);
      }
      assertTrue(running(nodes) <= most, () -> running(nodes) + " of " + most);
    }
    slots.fail(false);
    slots.loseReplies(name -> false);
    nodes.forEach(Node::beat);
    assertEquals(running(nodes) + 1, nodes.get(0).counter.enter(KEY, 100));
    nodes.get(0).counter.leave(KEY);
    nodes.forEach(Node::beat);
    slots.clear();
    nodes.forEach(Node::beat);
    nodes.forEach(Node::beat);
    assertEquals(running(nodes) + 1, nodes.get(0).counter.enter(KEY, 100), "after a loss");
  }

  private static long running(List<Node> nodes) {
    return nodes.stream().mapToLong(node -> node.running).sum();
  }

  /** The positive control. */
  @Property(tries = 20)
  void nodes_countTogether(@ForAll @IntRange(min = 1, max = 9) int most) {
    TestClock clock = new TestClock();
    MemorySlots slots = new MemorySlots(clock);
    ConnectionCounter one = new Node(slots, 1, clock).counter;
    ConnectionCounter other = new Node(slots, 2, clock).counter;
    for (int i = 1; i <= most; i++) {
      assertEquals(i, (i % 2 == 0 ? one : other).enter(KEY, most));
    }
    assertEquals(0, one.enter(KEY, most));
    assertEquals(0, other.enter(KEY, most));
  }
}
