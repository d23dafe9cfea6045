package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeFeed.Changes;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ChangeFeed.Position;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of the change feed of a database: it reports each change in order and loses none.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ChangeFeedContract {
  private final TestClock clock = new TestClock();

  /** Returns the database, with the tables of {@link #store}. */
  abstract DataSource database();

  /** Returns a store on it without a cache. */
  abstract ConsumerRepository store();

  /** Another one. */
  abstract ConsumerRepository open();

  private ChangeFeed feed() {
    return store().feed().orElseThrow();
  }

  private Position now() {
    return feed().since(ChangeFeed.NOTHING).position();
  }

  /** Returns the changes after a position, which must be of a revision so much later. */
  private Changes since(Position from, long later) {
    Changes found = feed().since(from);
    assertEquals(from.revision() + later, found.position().revision());
    return found;
  }

  private static Changes of(Changes like, Set<String> consumers, Set<Place> credentials) {
    return new Changes(like.position(), false, consumers, credentials);
  }

  private static Place place(String key) {
    return new Place(Entries.KEY_AUTH, Entries.lookup(key));
  }

  @Test
  void since_withoutRevision_returnsEverything() {
    assertTrue(feed().since(ChangeFeed.NOTHING).everything());
    assertEquals(Changes.none(now()), feed().since(now()));
  }

  @Test
  void since_aRevision_returnsTheEntriesOfEachWrite() {
    Position first = now();
    store().put(Entries.consumer("acme"));
    Changes found = since(first, 1);
    assertEquals(of(found, Set.of("acme"), Set.of()), found);
    store().put("acme", Entries.keyAuth("main", "k1"));
    Position second = now();
    store().put("acme", Entries.keyAuth("main", "k2"));
    found = since(found.position(), 2);
    assertEquals(of(found, Set.of(), Set.of(place("k1"), place("k2"))), found);
    found = since(second, 1);
    assertEquals(
        of(found, Set.of(), Set.of(place("k1"), place("k2"))),
        found,
        "the old place of a moved Credential is reported too");
    store().put("acme", Entries.keyAuth("second", "k3"));
    store().remove("acme", "second");
    found = since(found.position(), 2);
    assertEquals(Set.of(place("k3")), found.credentials());
    store().putAll(List.of(Entries.entry("acme", Entries.keyAuth("main", "k4"))));
    found = since(found.position(), 1);
    assertEquals(of(found, Set.of("acme"), Set.of(place("k2"), place("k4"))), found);
    store().remove("acme");
    found = since(found.position(), 1);
    assertEquals(of(found, Set.of("acme"), Set.of(place("k4"))), found);
    assertEquals(Changes.none(found.position()), feed().since(found.position()));
  }

  @Test
  void changedGroup_isReported_andReachesOtherNodesWithItsMembers() {
    Position first = now();
    assertTrue(store().put(group("gold", 5), Precondition.absent()));
    assertEquals(new Changes(now(), false, Set.of(), Set.of(), Set.of("gold")), since(first, 1));
    try (ConsumerRepository node = node()) {
      assertEquals(group("gold", 5).plugins(), node.group("gold"));
      assertNull(node.group("none"));
      assertFalse(store().put(group("gold", 7), Precondition.none()));
      until(() -> group("gold", 7).plugins().equals(node.group("gold")));
      node.put(group("none", 1), Precondition.none());
      assertEquals(group("none", 1).plugins(), node.group("none"), "its own write at once");
      node.removeGroup("none", Precondition.none(), false);
      assertNull(node.group("none"));
      store().removeGroup("gold", Precondition.none(), false);
      until(() -> node.group("gold") == null);
    }
  }

  private static ConsumerGroup group(String id, int count) {
    return new ConsumerGroup(
        id,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        PluginSet.of(Map.of("limit", PluginSettings.of(Map.of("count", count)))));
  }

  @Test
  void audit_isStoredInOrder_andReadBackwards() {
    AuditTrail trail = store().audit().orElseThrow();
    List<GateEvent.Changed> written = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      GateEvent.Changed one =
          new GateEvent.Changed(
              "ops",
              "PUT",
              "/consumers/c" + i,
              200 + i,
              "::1",
              Instant.ofEpochSecond(1_700_000_000L + i, 123_000));
      trail.add(one);
      written.add(0, one);
    }
    List<AuditTrail.Entry> newest = trail.latest(OptionalLong.empty(), 3);
    List<AuditTrail.Entry> rest = trail.latest(OptionalLong.of(newest.get(2).number()), 500);
    List<GateEvent.Changed> read = new ArrayList<>();
    newest.forEach(entry -> read.add(entry.change()));
    rest.forEach(entry -> read.add(entry.change()));
    assertEquals(written, read.subList(0, 7));
    Position before = now();
    trail.add(written.get(0));
    assertEquals(before, now(), "an entry is no change of Consumers");
  }

  @Test
  void writeWithoutChange_isNotReported() {
    store().put(Entries.consumer("acme"));
    store().put("acme", Entries.keyAuth("main", "k1"));
    Position before = now();
    store().remove("nobody");
    store().remove("acme", "other");
    store().removeGroup("none", Precondition.none(), true);
    assertThrows(
        ConflictException.class, () -> store().put("nobody", Entries.keyAuth("main", "k2")));
    assertEquals(Changes.none(before), feed().since(before));
  }

  @Test
  void manyChangesAtOnce_areReportedAsEverything() {
    List<ConsumerEntry> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(Entries.entry("c" + i));
    }
    Position before = now();
    store().putAll(many);
    assertEquals(Changes.everything(now()), since(before, 1));
  }

  @Test
  void revisionWithoutRows_returnsEverything() {
    store().put(Entries.consumer("acme"));
    Position before = now();
    Databases.run(database(), "UPDATE gatehouse_revision SET revision = revision + 1");
    assertEquals(Changes.everything(now()), since(before, 1), "changed by hand");
    Position byHand = now();
    assertEquals(Changes.none(byHand), feed().since(byHand), "forgotten once only");
    store().put(Entries.consumer("bob"));
    assertEquals(Changes.everything(now()), since(before, 2), "with a gap before it");
    assertEquals(Changes.everything(now()), since(byHand, 1), "nothing proves the history");
    Position bob = now();
    store().put(Entries.consumer("carol"));
    assertEquals(Set.of("carol"), since(bob, 1).consumers());
    Databases.run(database(), "DELETE FROM gatehouse_changes");
    assertEquals(Changes.everything(now()), since(bob, 1), "swept");
    Position later = new Position(before.revision() + 100, before.mark());
    assertTrue(feed().since(later).everything(), "a database of another day");
    Position other = new Position(now().revision(), "another mark");
    assertTrue(feed().since(other).everything(), "the same number in another history");
    store().put(Entries.consumer("dave"));
  }

  /** Such a node counts up the revision and gives no mark. */
  @Test
  void writesOfANodeOfTheVersionBefore_areSeen() {
    store().put(Entries.consumer("acme"));
    Position before = now();
    Databases.run(
        database(),
        "UPDATE gatehouse_revision SET revision = revision + 1",
        "INSERT INTO gatehouse_changes (revision, place, username, changed_at)"
            + " SELECT revision, 0, 'acme', 1 FROM gatehouse_revision");
    Changes found = since(before, 1);
    assertEquals(Set.of("acme"), found.consumers());
    assertEquals(Changes.none(found.position()), feed().since(found.position()));
    store().put(Entries.consumer("bob"));
    assertTrue(since(found.position(), 1).everything(), "nothing proves the history");
  }

  /** A backup that is restored, or a failover that lost its tail, uses the same numbers again. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void restoredDatabase_withTheSameRevision_isDetected(int more) {
    store().put(Entries.consumer("acme"));
    store().put("acme", Entries.keyAuth("main", "k1"));
    Backup backup = new Backup(database());
    Hints hints = new Hints();
    try (ConsumerRepository node = lonelyNode(hints)) {
      assertNotNull(node.credential(Entries.KEY_AUTH, Entries.lookup("k1")));
      assertNull(node.consumer("lost"), "cached as unknown");
      store().put(Entries.consumer("lost"));
      hints.look();
      until(() -> node.consumer("lost") != null);
      assertNotNull(node.credential(Entries.KEY_AUTH, Entries.lookup("k1")), "the control");

      backup.restore();
      assertTrue(store().remove("acme", "main"));
      for (int i = 0; i < more; i++) {
        store().put(Entries.consumer("more" + i));
      }
      hints.look();

      until(() -> node.credential(Entries.KEY_AUTH, Entries.lookup("k1")) == null);
      until(() -> node.consumer("lost") == null);
    } finally {
      backup.drop();
    }
  }

  /** Looks at the feed only when it gets a hint. */
  private ConsumerRepository lonelyNode(Hints hints) {
    return Caching.track(
        open(),
        new ChangeFeed.Tracking(
            1_000,
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofHours(2),
            ChangeFeed.Preloading.NONE),
        Optional.of(hints),
        clock);
  }

  private static final class Hints implements ChangeHints {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void listen(Runnable changed) {
      listeners.add(changed);
    }

    void look() {
      listeners.forEach(Runnable::run);
    }

    @Override
    public void close() {}
  }

  /** Copies of the tables. */
  private record Backup(DataSource database) {
    private static final List<String> TABLES =
        List.of(
            "gatehouse_consumers",
            "gatehouse_credentials",
            "gatehouse_revision",
            "gatehouse_changes");

    Backup {
      for (String table : TABLES) {
        Databases.run(database, "CREATE TABLE b_" + table + " AS SELECT * FROM " + table);
      }
    }

    void restore() {
      List<String> statements = new ArrayList<>();
      for (int i = TABLES.size() - 1; i >= 0; i--) {
        statements.add("DELETE FROM " + TABLES.get(i));
      }
      TABLES.forEach(table -> statements.add("INSERT INTO " + table + " SELECT * FROM b_" + table));
      Databases.runAtOnce(database, statements);
    }

    void drop() {
      TABLES.forEach(table -> Databases.run(database, "DROP TABLE b_" + table));
    }
  }

  /** A poller that asks for what is above the last number loses those that commit late. */
  @Test
  void changesOfManyWriters_areAllReported() throws Exception {
    int writers = 8;
    int each = Integer.getInteger("feed.each", 40);
    for (int i = 0; i < writers; i++) {
      store().put(Entries.consumer("w" + i));
    }
    Set<Place> reported = new HashSet<>();
    Position position = now();
    AtomicInteger next = new AtomicInteger();
    ExecutorService aside = Executors.newSingleThreadExecutor();
    Future<List<Integer>> crowd =
        aside.submit(() -> ConcurrentTasks.run(writers, () -> write(next.getAndIncrement(), each)));
    boolean last = false;
    while (!last) {
      last = crowd.isDone();
      Changes changes = feed().since(position);
      assertFalse(changes.everything());
      position = changes.position();
      reported.addAll(changes.credentials());
      LockSupport.parkNanos(1_000_000);
    }
    aside.shutdown();
    assertEquals(writers * each, crowd.get().stream().mapToInt(Integer::intValue).sum());
    assertEquals(writers * each, reported.size());
  }

  /** On MariaDB they lock the same gap, and one of two must begin again. */
  @Test
  void writersOfNeighbouringNames_allSucceed() throws Exception {
    AtomicInteger next = new AtomicInteger();
    int each = 25;
    List<Integer> written =
        ConcurrentTasks.run(
            12,
            () -> {
              for (int i = 0; i < each; i++) {
                String name = "neighbour" + next.getAndIncrement();
                assertTrue(store().put(Entries.consumer(name)));
                assertTrue(store().put(name, Entries.keyAuth("main", "key of " + name)));
              }
              return each;
            });
    assertEquals(12 * each, written.stream().mapToInt(Integer::intValue).sum());
  }

  /** A connection without auto-commit goes on reading the snapshot that it began with. */
  @Test
  void connectionWithAnOldSnapshot_doesNotHideARevocation() throws Exception {
    store().put(Entries.consumer("acme"));
    store().put("acme", Entries.keyAuth("main", "k1"));
    store().put(group("snapshot", 1), Precondition.none());
    try (SingleConnectionPool one = new SingleConnectionPool(database());
        ConsumerRepository reader = JpaConsumerStores.on(one).schema(SchemaMode.NONE).open()) {
      assertNotNull(reader.credential(Entries.KEY_AUTH, Entries.lookup("k1")));
      assertNotNull(reader.consumer("acme"));
      assertEquals(group("snapshot", 1).plugins(), reader.group("snapshot"));
      assertFalse(one.commitsByItself(), "it goes back as it came");

      store().remove("acme", "main");
      store().put(group("snapshot", 2), Precondition.none());

      assertNull(reader.credential(Entries.KEY_AUTH, Entries.lookup("k1")));
      assertEquals(group("snapshot", 2).plugins(), reader.group("snapshot"));
      assertEquals(List.of(), reader.readPage(Optional.empty(), 1).entries().get(0).credentials());
      store().remove("acme");
      assertNull(reader.consumer("acme"));
      assertTrue(reader.put(Entries.consumer("bob")), "it writes too");
      assertNotNull(store().consumer("bob"));
      assertFalse(one.commitsByItself());
      store().removeGroup("snapshot", Precondition.none(), true);
    }
  }

  private int write(int self, int each) {
    for (int i = 0; i < each; i++) {
      assertTrue(store().put("w" + self, Entries.keyAuth("k" + i, "key " + self + " " + i)));
    }
    return each;
  }

  @Test
  void nodes_seeEachOthersChangesWithinASecond() {
    try (ConsumerRepository one = node();
        ConsumerRepository other = node()) {
      one.put(Entries.consumer("acme"));
      for (int i = 0; i < 5; i++) {
        String key = "key" + i;
        one.put("acme", Entries.keyAuth("main", key));
        assertNotNull(one.credential(Entries.KEY_AUTH, Entries.lookup(key)));
        awaitKnown(other, key, true);
        assertTrue(one.remove("acme", "main"));
        assertNull(one.credential(Entries.KEY_AUTH, Entries.lookup(key)), "at once here");
        awaitKnown(other, key, false);
      }
    }
  }

  private ConsumerRepository node() {
    return Caching.track(
        open(),
        new ChangeFeed.Tracking(
            1_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            ChangeFeed.Preloading.NONE),
        clock);
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within ten seconds");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void awaitKnown(ConsumerRepository node, String key, boolean known) {
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while ((node.credential(Entries.KEY_AUTH, Entries.lookup(key)) != null) != known) {
      assertTrue(System.nanoTime() < end, "not within a second");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
