package dev.gatehouse.internal.store.cache;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be said not to be there without asking the store. */
class CompletenessTest {
  private static final Place PLACE = new Place(Entries.KEY_AUTH, Entries.lookup("k1"));
  private static final Place OTHER = new Place(Entries.KEY_AUTH, Entries.lookup("k2"));

  private final Completeness resident = new Completeness();

  @Test
  void isComplete_beforePreloadOrAfterAnEviction_isFalse() {
    assertFalse(resident.excludes(PLACE));
    resident.begin();
    assertFalse(resident.excludes(PLACE));
    resident.complete();
    assertTrue(resident.excludes(PLACE), "positive control");
    resident.invalidate();
    assertFalse(resident.excludes(PLACE));
    resident.begin();
    resident.invalidate();
    resident.complete();
    assertFalse(resident.excludes(PLACE), "one was lost while all were read");
    resident.begin();
    resident.complete();
    assertTrue(resident.excludes(PLACE));
  }

  @Test
  void changedPlace_isIncompleteUntilItIsReadAgain() {
    resident.begin();
    resident.complete();
    resident.changed(
        List.of(PLACE), () -> assertFalse(resident.excludes(PLACE), "before it is forgotten"));
    assertTrue(resident.excludes(OTHER));
    long before = resident.mark();
    resident.changed(List.of(PLACE), () -> {});
    resident.wasRead(PLACE, before);
    assertFalse(resident.excludes(PLACE), "the read began before the change");
    resident.wasRead(PLACE, resident.mark());
    assertTrue(resident.excludes(PLACE));
  }
}
