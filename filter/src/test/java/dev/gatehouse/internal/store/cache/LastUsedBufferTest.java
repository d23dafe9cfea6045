package dev.gatehouse.internal.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When Credentials were used last: noted with every request, written now and then. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastUsedBufferTest {
  private static final int MANY = 1_001;

  private final ChangeFeedStore elsewhere = new ChangeFeedStore();

  private ConsumerRepository node(Duration useInterval) {
    List<ConsumerEntry> entries = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      entries.add(Entries.entry("c" + i, Entries.keyAuth("main", "key " + i)));
    }
    elsewhere.putAll(entries);
    return Caching.track(
        elsewhere,
        new ChangeFeed.Tracking(
            10_000,
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMinutes(5),
            ChangeFeed.Preloading.AUTO,
            useInterval,
            false),
        new TestClock());
  }

  private static void use(ConsumerRepository node, int number) {
    StoredCredential found = node.credential(Entries.KEY_AUTH, Entries.lookup("key " + number));
    assertNotNull(found);
    node.noteUse(found);
  }

  @Test
  void manyUses_areWrittenOnceEach() throws Exception {
    try (ConsumerRepository node = node(Duration.ofMinutes(1))) {
      ConcurrentTasks.run(
          8,
          () -> {
            for (int i = 0; i < MANY; i++) {
              use(node, i);
            }
            return true;
          });
      assertEquals(List.of(), elsewhere.uses(), "no request waits for a write");
    }
    assertEquals(MANY, elsewhere.uses().size(), "written when the node ends");
    assertEquals(MANY, new HashSet<>(elsewhere.uses()).size());
  }

  @Test
  void failedWrite_isRepeatedLater() {
    try (ConsumerRepository node = node(Duration.ofMillis(30))) {
      use(node, 1);
      until(() -> elsewhere.uses().equals(List.of(new CredentialUse("c1", "main"))));
      elsewhere.fail(true);
      use(node, 2);
      until(() -> fails(node));
      elsewhere.fail(false);
      until(() -> elsewhere.uses().size() == 2);
      use(node, 1);
      until(() -> elsewhere.uses().size() == 3);
    }
  }

  /** A locked row blocked the thread that polls the feed, and revocations were late. */
  @Test
  void useThatHangs_delaysNoRevocation() {
    try (ConsumerRepository node = node(Duration.ofMillis(30))) {
      elsewhere.hangUses(true);
      use(node, 1);
      int before = elsewhere.looks();
      until(() -> elsewhere.looks() > before + 20);
      assertTrue(elsewhere.remove("c2", "main"));
      until(() -> node.credential(Entries.KEY_AUTH, Entries.lookup("key 2")) == null);
      assertNotNull(node.credential(Entries.KEY_AUTH, Entries.lookup("key 3")));
      assertEquals(List.of(), elsewhere.uses(), "it hangs all the while");
      elsewhere.hangUses(false);
      until(() -> elsewhere.uses().equals(List.of(new CredentialUse("c1", "main"))));
    }
  }

  @Test
  void useOfALockedRow_isWrittenLater_andDelaysNoOther() {
    CredentialUse first = new CredentialUse("c1", "main");
    elsewhere.locked().add(first);
    try (ConsumerRepository node = node(Duration.ofMillis(30))) {
      use(node, 1);
      use(node, 2);
      until(() -> elsewhere.uses().equals(List.of(new CredentialUse("c2", "main"))));
      elsewhere.locked().clear();
      until(() -> elsewhere.uses().contains(first));
    }
  }

  @Test
  void close_waitsForAUseThatHangs_onlyForTheTimeout() {
    ConsumerRepository node = node(Duration.ofMinutes(1));
    use(node, 1);
    elsewhere.hangUses(true);
    node.close();
    assertEquals(List.of(), elsewhere.uses());
    elsewhere.hangUses(false);
  }

  private static boolean fails(ConsumerRepository node) {
    try {
      return node.credential(Entries.KEY_AUTH, Entries.lookup("unknown")) != null;
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
