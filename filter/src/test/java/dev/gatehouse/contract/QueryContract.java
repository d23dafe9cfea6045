package dev.gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository.ListedConsumer;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.ConsumerRepository.Listing;
import dev.gatehouse.spi.store.ConsumerRepository.Search;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.PreconditionFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of each repository: queries, preconditions and groups. */
abstract class QueryContract extends BulkWriteContract {
  private static ConsumerEntry plain(String username) {
    return new ConsumerEntry(Entries.consumer(username), List.of());
  }

  private static CredentialEntry inline(String key) {
    return Entries.of(
        Credential.of(Credential.inlineId(Entries.KEY_AUTH), Entries.KEY_AUTH).build(), key);
  }

  private Precondition seen(String username) {
    return Precondition.unchanged(store().findConsumer(username).orElseThrow().stamp().tag());
  }

  @Test
  void consumer_isListedAsItIsStored() {
    assertEquals(Optional.empty(), store().findConsumer("acme"));
    store().put(Entries.full("acme"));
    ListedConsumer listed = store().findConsumer("acme").orElseThrow();
    assertEquals(Entries.full("acme"), listed.consumer());
    assertEquals(store().isPersistent(), listed.stamp().created().getEpochSecond() > 0);
    store().put(Entries.consumer("acme"));
    ListedConsumer later = store().findConsumer("acme").orElseThrow();
    assertEquals(listed.stamp().created(), later.stamp().created());
    assertNotEquals(listed.stamp().tag(), later.stamp().tag());
  }

  @Test
  void credentials_areListedInTheOrderOfTheirIds() {
    store().put(Entries.consumer("acme"));
    store().put("acme", Entries.keyAuth("b", "k1"));
    store().put("acme", Entries.full("a", "k2"));
    List<ListedCredential> listed = store().listCredentials("acme");
    assertEquals(
        List.of("a", "b"), listed.stream().map(one -> one.entry().credential().id()).toList());
    assertEquals(Entries.full("a", "k2"), listed.get(0).entry());
    assertEquals(List.of(), store().listCredentials("nobody"));
  }

  @Test
  void lists_areFilteredAndCutIntoPages() {
    int total = (int) store().listConsumers(Search.ALL, 0, 1).total() + 32;
    for (int i = 0; i < 30; i++) {
      store()
          .put(
              Consumer.named("c%02d".formatted(i))
                  .label("tier", i % 2 == 0 ? "gold" : "free")
                  .label("half", i < 15 ? "first" : "second")
                  .build());
    }
    store().put(Entries.consumer("c_x"));
    store().put(Entries.consumer("C01"));
    Listing all = store().listConsumers(Search.ALL, 0, 500);
    assertEquals(total, all.total());
    assertEquals(total, all.consumers().size());
    assertEquals(
        "gold",
        all.consumers().stream()
            .filter(one -> one.consumer().username().equals("c04"))
            .findFirst()
            .orElseThrow()
            .consumer()
            .labels()
            .get("tier"));
    List<String> paged = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      paged.addAll(names(store().listConsumers(Search.ALL, page * 10L, 10)));
    }
    assertEquals(names(all), paged, "the pages are the list");
    Search gold = new Search("", Map.of("tier", Optional.of("gold")), Optional.empty());
    assertEquals(15, store().listConsumers(gold, 0, 5).total());
    Search both =
        new Search(
            "c",
            Map.of("tier", Optional.of("gold"), "half", Optional.of("first")),
            Optional.empty());
    assertEquals(8, store().listConsumers(both, 0, 500).total());
    Search labelled = new Search("", Map.of("half", Optional.empty()), Optional.empty());
    assertEquals(30, store().listConsumers(labelled, 0, 500).total());
    assertEquals(
        0,
        store()
            .listConsumers(
                new Search("", Map.of("Tier", Optional.empty()), Optional.empty()), 0, 10)
            .total());
    assertEquals(
        List.of("c_x"),
        names(store().listConsumers(new Search("c_", Map.of(), Optional.empty()), 0, 10)));
    assertEquals(
        0, store().listConsumers(new Search("c%", Map.of(), Optional.empty()), 0, 10).total());
    assertEquals(
        0,
        store()
            .listConsumers(new Search("' or 1=1 --", Map.of(), Optional.empty()), 0, 10)
            .total());
    List<String> behind = new ArrayList<>();
    Optional<String> last = Optional.empty();
    while (behind.size() < total) {
      Listing next = store().listConsumers(new Search("", Map.of(), last), 0, 7);
      behind.addAll(names(next));
      last = Optional.of(behind.get(behind.size() - 1));
      assertEquals(behind.size() <= 7 ? total : Listing.NOT_COUNTED, next.total());
    }
    assertEquals(names(all), behind, "none twice and none left out");
  }

  private static List<String> names(Listing listing) {
    return listing.consumers().stream().map(one -> one.consumer().username()).toList();
  }

  @Test
  void entries_pageByPage_areComplete() {
    List<ConsumerEntry> written = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      written.add(
          new ConsumerEntry(
              Entries.version("c%02d".formatted(i), i),
              i % 5 == 0
                  ? List.of()
                  : List.of(Entries.keyAuth("a", "first " + i), Entries.full("b", "second " + i))));
    }
    store().putAll(written);
    List<ConsumerEntry> read = new ArrayList<>();
    List<ConsumerEntry> page = store().readPage(Optional.empty(), 10).entries();
    while (!page.isEmpty()) {
      read.addAll(page);
      page =
          store()
              .readPage(Optional.of(page.get(page.size() - 1).consumer().username()), 10)
              .entries();
    }
    read.removeIf(one -> !one.consumer().username().startsWith("c"));
    assertEquals(25, read.size());
    for (int i = 0; i < 25; i++) {
      assertEquals(written.get(i).consumer(), read.get(i).consumer());
      assertEquals(Set.copyOf(written.get(i).credentials()), Set.copyOf(read.get(i).credentials()));
    }
  }

  @Test
  void write_withAFailedPrecondition_changesNothing() {
    assertTrue(store().put(plain("acme"), Precondition.absent()));
    assertThrows(
        PreconditionFailedException.class, () -> store().put(plain("acme"), Precondition.absent()));
    Precondition first = seen("acme");
    assertFalse(store().put(plain("acme"), first));
    assertThrows(PreconditionFailedException.class, () -> store().put(plain("acme"), first));
    assertThrows(PreconditionFailedException.class, () -> store().remove("acme", first));
    assertTrue(store().remove("acme", seen("acme")));
    assertThrows(PreconditionFailedException.class, () -> store().remove("acme", first));
    assertTrue(store().put(plain("acme"), Precondition.none()));
    assertThrows(
        PreconditionFailedException.class, () -> store().put(plain("acme"), first), "another acme");

    assertTrue(store().put("acme", Entries.keyAuth("main", "k1"), Precondition.absent()));
    Precondition key = Precondition.unchanged(store().listCredentials("acme").get(0).stamp().tag());
    assertFalse(store().put("acme", Entries.keyAuth("main", "k2"), key));
    assertThrows(
        PreconditionFailedException.class,
        () -> store().put("acme", Entries.keyAuth("main", "k3"), key));
    assertThrows(PreconditionFailedException.class, () -> store().remove("acme", "main", key));
    assertThrows(PreconditionFailedException.class, () -> store().remove("acme", "other", key));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k2")));
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
  }

  @Test
  void inlineCredentials_areThoseOfTheEntry_andTheOthersStay() {
    store()
        .put(
            new ConsumerEntry(Entries.consumer("acme"), List.of(inline("k1"))),
            Precondition.none());
    store().put("acme", Entries.keyAuth("main", "k2"));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k1")));
    store()
        .put(
            new ConsumerEntry(Entries.consumer("acme"), List.of(inline("k3"))),
            Precondition.none());
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k1")));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
    assertThrows(
        ConflictException.class,
        () ->
            store()
                .put(
                    new ConsumerEntry(Consumer.named("bob").build(), List.of(inline("k2"))),
                    Precondition.none()));
    assertNull(store().consumer("bob"), "all or nothing");
    store().put(plain("acme"), Precondition.none());
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k2")));
  }

  /** Each writer reads the record and adds one. */
  @Test
  void concurrentEdits_loseNoUpdate() throws Exception {
    store().put(Entries.consumer("acme"));
    AtomicInteger next = new AtomicInteger();
    int writers = Integer.getInteger("edit.writers", 8);
    int each = Integer.getInteger("edit.each", 10);
    List<Integer> done =
        ConcurrentTasks.run(writers, () -> added("writer" + next.getAndIncrement(), each));
    assertEquals(writers * each, done.stream().mapToInt(Integer::intValue).sum());
    assertEquals(
        writers * each, store().findConsumer("acme").orElseThrow().consumer().labels().size());
  }

  private int added(String writer, int count) {
    int done = 0;
    while (done < count) {
      ListedConsumer found = store().findConsumer("acme").orElseThrow();
      Consumer more =
          Consumer.named("acme")
              .labels(found.consumer().labels())
              .label(writer + "-" + done, "x")
              .build();
      try {
        assertFalse(
            store()
                .put(
                    new ConsumerEntry(more, List.of()),
                    Precondition.unchanged(found.stamp().tag())));
        done++;
      } catch (PreconditionFailedException | ConflictException overtaken) {
        Thread.onSpinWait();
      }
    }
    return done;
  }

  @Test
  void rotate_endsTheOldOneAndCreatesTheNewOne_orNeither() {
    store().put(Entries.consumer("acme"));
    store().put("acme", Entries.keyAuth("old", "k1"));
    Precondition unchanged =
        Precondition.unchanged(store().listCredentials("acme").get(0).stamp().tag());
    CredentialEntry ended =
        Entries.of(Credential.of("old", Entries.KEY_AUTH).disabled(true).build(), "k1");

    store().rotate("acme", Entries.keyAuth("new", "k2"), ended, unchanged);

    assertTrue(found("k1").credential().disabled());
    assertEquals("new", found("k2").credential().id());
    assertThrows(
        PreconditionFailedException.class,
        () -> store().rotate("acme", Entries.keyAuth("newer", "k3"), ended, unchanged));
    assertThrows(
        PreconditionFailedException.class,
        () -> store().rotate("acme", Entries.keyAuth("new", "k3"), ended, Precondition.none()));
    assertThrows(
        ConflictException.class,
        () -> store().rotate("acme", Entries.keyAuth("newer", "k2"), ended, Precondition.none()));
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
    assertEquals("new", found("k2").credential().id());
  }

  @Test
  void groups_areStoredAsTheyAre_andNotRemovedUnderTheirMembers() {
    ConsumerGroup full =
        new ConsumerGroup(
            "a.full-one_1",
            Optional.of("na\u00efve"),
            Optional.of("\ud83d\ude00"),
            Map.of("tier", "gold"),
            group("x", 3).plugins());
    store().put(full, Precondition.none());
    store().put(group("b", 1), Precondition.none());
    assertEquals(full, store().findGroup("a.full-one_1").orElseThrow().group());
    assertEquals(
        List.of("a.full-one_1", "b"),
        store().listGroups().stream().map(one -> one.group().id()).toList());
    String tag = store().findGroup("b").orElseThrow().stamp().tag();
    store().put(group("b", 2), Precondition.unchanged(tag));
    assertThrows(
        PreconditionFailedException.class,
        () -> store().put(group("b", 9), Precondition.unchanged(tag)));
    assertThrows(
        PreconditionFailedException.class, () -> store().put(group("b", 9), Precondition.absent()));
    assertThrows(
        PreconditionFailedException.class,
        () -> store().removeGroup("b", Precondition.unchanged(tag), true));
    assertEquals(group("b", 2).plugins(), store().group("b"));

    store().put(Consumer.named("acme").group("b").build());
    ConflictException used =
        assertThrows(
            ConflictException.class, () -> store().removeGroup("b", Precondition.none(), false));
    assertEquals(
        "can not delete this consumer group, consumer [acme] is still using it now",
        used.getMessage());
    assertNotNull(store().group("b"));
    assertTrue(store().removeGroup("b", Precondition.none(), true));
    assertFalse(store().removeGroup("b", Precondition.none(), true));
    assertNull(store().group("b"));
    assertTrue(store().removeGroup("a.full-one_1", Precondition.none(), false));
  }

  private static ConsumerGroup group(String id, int count) {
    return new ConsumerGroup(
        id,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        PluginSet.of(Map.of("limit", PluginSettings.of(Map.of("count", count)))));
  }
}
