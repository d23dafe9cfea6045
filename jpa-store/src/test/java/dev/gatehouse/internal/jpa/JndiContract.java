package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.contract.Crowd;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerDirectory.ListedConsumer;
import dev.gatehouse.spi.store.ConsumerDirectory.ListedCredential;
import dev.gatehouse.spi.store.ConsumerDirectory.Listing;
import dev.gatehouse.spi.store.ConsumerDirectory.Search;
import dev.gatehouse.spi.store.ConsumerEditor;
import dev.gatehouse.spi.store.ConsumerEditor.Expected;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.PreconditionFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people who manage Consumers are promised by every database. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class JndiContract {
  /** A store that holds nothing. */
  abstract ManagedStore store();

  /** Where it keeps them. */
  abstract DataSource database();

  private ConsumerDirectory directory() {
    return store().directory().orElseThrow();
  }

  private ConsumerEditor editor() {
    return store().editor().orElseThrow();
  }

  private static ConsumerEntry plain(String username) {
    return new ConsumerEntry(Entries.consumer(username), List.of());
  }

  private static CredentialEntry inline(String key) {
    return Entries.of(
        Credential.of(Credential.inlineId(Entries.KEY_AUTH), Entries.KEY_AUTH).build(), key);
  }

  private Expected seen(String username) {
    return Expected.of(directory().listed(username).orElseThrow().stamp().tag());
  }

  @Test
  void consumer_isListedAsItIsStored() {
    assertEquals(Optional.empty(), directory().listed("acme"));
    store().put(Entries.full("acme"));
    ListedConsumer listed = directory().listed("acme").orElseThrow();
    assertEquals(Entries.full("acme"), listed.consumer());
    assertTrue(listed.stamp().created().getEpochSecond() > 0);
    store().put(Entries.consumer("acme"));
    ListedConsumer later = directory().listed("acme").orElseThrow();
    assertEquals(listed.stamp().created(), later.stamp().created());
    assertNotEquals(listed.stamp().tag(), later.stamp().tag());
  }

  @Test
  void lastUse_isKeptBesideTheRecord() {
    store()
        .putAll(
            List.of(Entries.entry("acme", Entries.keyAuth("a", "k1"), Entries.keyAuth("b", "k2"))));
    ListedCredential before = directory().credentials("acme").get(0);
    assertEquals(Optional.empty(), before.lastUsed());
    ChangeFeed.Position position =
        store().feed().orElseThrow().since(ChangeFeed.NOTHING).position();
    store()
        .used(
            List.of(
                new CredentialUse("acme", "a"),
                new CredentialUse("acme", "gone"),
                new CredentialUse("nobody", "a")));
    ListedCredential used = directory().credentials("acme").get(0);
    assertTrue(used.lastUsed().isPresent());
    assertEquals(before.stamp(), used.stamp());
    assertEquals(Optional.empty(), directory().credentials("acme").get(1).lastUsed());
    assertEquals(position, store().feed().orElseThrow().since(ChangeFeed.NOTHING).position());
    store().put("acme", Entries.keyAuth("a", "k3"));
    assertEquals(used.lastUsed(), directory().credentials("acme").get(0).lastUsed());
    store().putAll(List.of(Entries.entry("acme", Entries.keyAuth("a", "k4"))));
    assertEquals(used.lastUsed(), directory().credentials("acme").get(0).lastUsed());
  }

  @Test
  void lastUse_ofALockedRow_isSkippedAndReturned() throws SQLException {
    store()
        .putAll(
            List.of(Entries.entry("acme", Entries.keyAuth("a", "k1"), Entries.keyAuth("b", "k2"))));
    CredentialUse first = new CredentialUse("acme", "a");
    List<CredentialUse> both = List.of(first, new CredentialUse("acme", "b"));
    String id =
        Databases.ask(database(), "SELECT id FROM gatehouse_credentials WHERE credential_id = 'a'")
            .get(0);
    try (Connection other = database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE gatehouse_credentials SET description = 'x' WHERE id = " + id);

      assertEquals(List.of(first), store().used(both));

      other.rollback();
      other.setAutoCommit(true);
    }
    assertEquals(Optional.empty(), directory().credentials("acme").get(0).lastUsed());
    assertTrue(directory().credentials("acme").get(1).lastUsed().isPresent());
    assertEquals(List.of(), store().used(both));
    assertTrue(directory().credentials("acme").get(0).lastUsed().isPresent());
  }

  @Test
  void credentials_areListedInTheOrderOfTheirIds() {
    store().put(Entries.consumer("acme"));
    store().put("acme", Entries.keyAuth("b", "k1"));
    store().put("acme", Entries.full("a", "k2"));
    List<ListedCredential> listed = directory().credentials("acme");
    assertEquals(
        List.of("a", "b"), listed.stream().map(one -> one.entry().credential().id()).toList());
    assertEquals(Entries.full("a", "k2"), listed.get(0).entry());
    assertEquals(List.of(), directory().credentials("nobody"));
  }

  @Test
  void lists_areFilteredAndCutIntoPages() {
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
    Listing all = directory().list(Search.ALL, 0, 500);
    assertEquals(32, all.total());
    assertEquals(32, all.consumers().size());
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
      paged.addAll(names(directory().list(Search.ALL, page * 10L, 10)));
    }
    assertEquals(names(all), paged, "the pages are the list");
    Search gold = new Search("", Map.of("tier", Optional.of("gold")), Optional.empty());
    assertEquals(15, directory().list(gold, 0, 5).total());
    Search both =
        new Search(
            "c",
            Map.of("tier", Optional.of("gold"), "half", Optional.of("first")),
            Optional.empty());
    assertEquals(8, directory().list(both, 0, 500).total());
    Search labelled = new Search("", Map.of("half", Optional.empty()), Optional.empty());
    assertEquals(30, directory().list(labelled, 0, 500).total());
    assertEquals(
        0,
        directory()
            .list(new Search("", Map.of("Tier", Optional.empty()), Optional.empty()), 0, 10)
            .total());
    assertEquals(
        List.of("c_x"),
        names(directory().list(new Search("c_", Map.of(), Optional.empty()), 0, 10)));
    assertEquals(0, directory().list(new Search("c%", Map.of(), Optional.empty()), 0, 10).total());
    assertEquals(
        0, directory().list(new Search("' or 1=1 --", Map.of(), Optional.empty()), 0, 10).total());
    List<String> behind = new ArrayList<>();
    Optional<String> last = Optional.empty();
    while (behind.size() < 32) {
      Listing next = directory().list(new Search("", Map.of(), last), 0, 7);
      behind.addAll(names(next));
      last = Optional.of(behind.get(behind.size() - 1));
      assertEquals(behind.size() <= 7 ? 32 : Listing.NOT_COUNTED, next.total());
    }
    assertEquals(names(all), behind, "none twice and none left out");
  }

  private static List<String> names(Listing listing) {
    return listing.consumers().stream().map(one -> one.consumer().username()).toList();
  }

  @Test
  void entries_areAllThereIs_pageByPage() {
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
    List<ConsumerEntry> page = directory().entries(Optional.empty(), 10);
    while (!page.isEmpty()) {
      read.addAll(page);
      page = directory().entries(Optional.of(page.get(page.size() - 1).consumer().username()), 10);
    }
    assertEquals(25, read.size());
    for (int i = 0; i < 25; i++) {
      assertEquals(written.get(i).consumer(), read.get(i).consumer());
      assertEquals(Set.copyOf(written.get(i).credentials()), Set.copyOf(read.get(i).credentials()));
    }
  }

  @Test
  void write_thatExpectsSomethingElse_isNotDone() {
    assertTrue(editor().put(plain("acme"), Expected.NOTHING));
    assertThrows(
        PreconditionFailedException.class, () -> editor().put(plain("acme"), Expected.NOTHING));
    Expected first = seen("acme");
    assertFalse(editor().put(plain("acme"), first));
    assertThrows(PreconditionFailedException.class, () -> editor().put(plain("acme"), first));
    assertThrows(PreconditionFailedException.class, () -> editor().remove("acme", first));
    assertTrue(editor().remove("acme", seen("acme")));
    assertThrows(PreconditionFailedException.class, () -> editor().remove("acme", first));
    assertTrue(editor().put(plain("acme"), Expected.ANYTHING));
    assertThrows(
        PreconditionFailedException.class,
        () -> editor().put(plain("acme"), first),
        "another acme");

    assertTrue(editor().put("acme", Entries.keyAuth("main", "k1"), Expected.NOTHING));
    Expected key = Expected.of(directory().credentials("acme").get(0).stamp().tag());
    assertFalse(editor().put("acme", Entries.keyAuth("main", "k2"), key));
    assertThrows(
        PreconditionFailedException.class,
        () -> editor().put("acme", Entries.keyAuth("main", "k3"), key));
    assertThrows(PreconditionFailedException.class, () -> editor().remove("acme", "main", key));
    assertThrows(PreconditionFailedException.class, () -> editor().remove("acme", "other", key));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k2")));
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
  }

  @Test
  void inlineCredentials_areThoseOfTheEntry_andTheOthersStay() {
    editor()
        .put(new ConsumerEntry(Entries.consumer("acme"), List.of(inline("k1"))), Expected.ANYTHING);
    store().put("acme", Entries.keyAuth("main", "k2"));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k1")));
    editor()
        .put(new ConsumerEntry(Entries.consumer("acme"), List.of(inline("k3"))), Expected.ANYTHING);
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k1")));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
    assertThrows(
        ConflictException.class,
        () ->
            editor()
                .put(
                    new ConsumerEntry(Consumer.named("bob").build(), List.of(inline("k2"))),
                    Expected.ANYTHING));
    assertNull(store().consumer("bob"), "all or nothing");
    editor().put(plain("acme"), Expected.ANYTHING);
    assertNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k3")));
    assertNotNull(store().credential(Entries.KEY_AUTH, Entries.lookup("k2")));
  }

  /** Security R11: each adds one, having read what is there. */
  @Test
  void editsOfManyWriters_areAllKept() throws Exception {
    store().put(Entries.consumer("acme"));
    AtomicInteger next = new AtomicInteger();
    int writers = Integer.getInteger("edit.writers", 8);
    int each = Integer.getInteger("edit.each", 10);
    List<Integer> done = Crowd.run(writers, () -> added("writer" + next.getAndIncrement(), each));
    assertEquals(writers * each, done.stream().mapToInt(Integer::intValue).sum());
    assertEquals(
        writers * each, directory().listed("acme").orElseThrow().consumer().labels().size());
  }

  private int added(String writer, int count) {
    int done = 0;
    while (done < count) {
      ListedConsumer found = directory().listed("acme").orElseThrow();
      Consumer more =
          Consumer.named("acme")
              .labels(found.consumer().labels())
              .label(writer + "-" + done, "x")
              .build();
      try {
        assertFalse(
            editor().put(new ConsumerEntry(more, List.of()), Expected.of(found.stamp().tag())));
        done++;
      } catch (PreconditionFailedException | ConflictException overtaken) {
        Thread.onSpinWait();
      }
    }
    return done;
  }
}
