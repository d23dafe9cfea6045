package dev.gatehouse.contract;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.consumer;
import static dev.gatehouse.contract.Entries.entry;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Credential;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises about many Consumers written in one call. */
abstract class BulkWriteContract extends SingleWriteContract {

  @Test
  void putAll_whenStoreIsEmpty_writesEverything() {
    store()
        .putAll(
            List.of(
                new ConsumerEntry(Entries.full("acme"), List.of(keyAuth("a", "k1"))),
                entry("bob", keyAuth("a", "k2"), Entries.full("b", "k1")),
                entry("carol")));

    assertEquals(Entries.full("acme"), found("k1").consumer());
    assertEquals("bob", found("k2").consumer().username());
    assertNotNull(store().credential("basic-auth", lookup("k1")));
    assertNotNull(store().consumer("carol"));
  }

  @Test
  void putAll_whenListIsEmpty_changesNothing() {
    store().put(consumer("acme"));

    store().putAll(List.of());

    assertNotNull(store().consumer("acme"));
  }

  @Test
  void putAll_whenConsumersAreThere_replacesThemAndLeavesTheOthers() {
    store().put(Entries.full("acme"));
    store().put("acme", keyAuth("kept", "k1"));
    store().put("acme", keyAuth("dropped", "k2"));
    store().put(Entries.full("bob"));
    store().put("bob", keyAuth("a", "k3"));

    store().putAll(List.of(entry("acme", keyAuth("kept", "k1"), keyAuth("new", "k4"))));

    assertEquals(consumer("acme"), found("k1").consumer());
    assertNull(store().credential(KEY_AUTH, lookup("k2")));
    assertEquals("new", found("k4").credential().id());
    assertEquals(Entries.full("bob"), found("k3").consumer());
  }

  @Test
  void putAll_whenKeysAreExchanged_isAllowed() {
    store().putAll(List.of(entry("acme", keyAuth("a", "k1")), entry("bob", keyAuth("a", "k2"))));

    store().putAll(List.of(entry("acme", keyAuth("a", "k2")), entry("bob", keyAuth("a", "k1"))));

    assertEquals("bob", found("k1").consumer().username());
    assertEquals("acme", found("k2").consumer().username());
  }

  @Test
  void putAll_whenTheLastKeyIsTaken_writesNothing() {
    store().putAll(List.of(entry("acme", keyAuth("a", "k1")), entry("bob", keyAuth("b", "k2"))));

    ConflictException refused =
        assertThrows(
            ConflictException.class,
            () ->
                store()
                    .putAll(
                        List.of(
                            entry("carol", keyAuth("c", "k3")),
                            new ConsumerEntry(Entries.full("acme"), List.of(keyAuth("a", "k4"))),
                            entry("dave", keyAuth("d", "k2")))));

    assertEquals(
        "duplicate key of plugin key-auth found with credential: b of consumer: bob",
        refused.getMessage());
    assertNull(store().consumer("carol"));
    assertNull(store().consumer("dave"));
    assertNull(store().credential(KEY_AUTH, lookup("k3")));
    assertNull(store().credential(KEY_AUTH, lookup("k4")));
    assertEquals(consumer("acme"), found("k1").consumer());
    assertEquals("bob", found("k2").consumer().username());
  }

  @Test
  void putAll_whenTheListHoldsAKeyTwice_writesNothing() {
    ConflictException refused =
        assertThrows(
            ConflictException.class,
            () ->
                store()
                    .putAll(
                        List.of(
                            entry("acme", keyAuth("a", "k1")), entry("bob", keyAuth("b", "k1")))));

    assertEquals(
        "duplicate key of plugin key-auth found with credential: a of consumer: acme",
        refused.getMessage());
    assertNull(store().consumer("acme"));
    assertNull(store().credential(KEY_AUTH, lookup("k1")));
  }

  @Test
  void putAll_whenTheListHoldsAConsumerTwice_writesNothing() {
    assertThrows(
        ConflictException.class, () -> store().putAll(List.of(entry("acme"), entry("acme"))));

    assertNull(store().consumer("acme"));
  }

  @Test
  void putAll_whenAConsumerHasAnIdOrNameTwice_writesNothing() {
    Credential other = Credential.of("b", KEY_AUTH).name("a").build();
    for (ConsumerEntry twice :
        List.of(
            entry("acme", keyAuth("a", "k1"), keyAuth("a", "k2")),
            entry("acme", keyAuth("a", "k1"), Entries.of(other, "k2")))) {
      assertThrows(ConflictException.class, () -> store().putAll(List.of(entry("bob"), twice)));
    }

    assertNull(store().consumer("acme"));
    assertNull(store().consumer("bob"));
  }

  @Test
  void putAll_whenThereAreMany_writesAllOrNothing() {
    List<ConsumerEntry> many =
        IntStream.range(0, 2_500)
            .mapToObj(i -> entry("c" + i, keyAuth("a", "a" + i), keyAuth("b", "b" + i)))
            .toList();
    store().putAll(many);
    assertEquals("c2499", found("b2499").consumer().username());

    List<ConsumerEntry> bad =
        IntStream.range(2_500, 5_000)
            .mapToObj(i -> entry("c" + i, keyAuth("a", i == 4_999 ? "b7" : "a" + i)))
            .toList();
    ConflictException refused = assertThrows(ConflictException.class, () -> store().putAll(bad));

    assertTrue(String.valueOf(refused.getMessage()).endsWith("credential: b of consumer: c7"));
    assertNull(store().consumer("c2500"));
  }
}
