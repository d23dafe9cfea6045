package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.spi.limit.SharedSlots;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Slots in a grid of two members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HazelcastSlotsTest extends SharedSlotsContract {
  private final HazelcastGrid grid = new HazelcastGrid(2);

  @AfterAll
  void stop() {
    grid.close();
  }

  @Override
  protected SharedSlots slots() {
    return new HazelcastSlots(grid.member(0));
  }

  @Test
  void replace_extendsTheExpiryOnlyWhenNeeded() {
    SharedSlots slots = slots();
    String name = "gatehouse:1:stay";
    long week = Duration.ofDays(7).toMillis();
    assertTrue(slots.replace(name, null, new byte[] {1}, Duration.ofDays(7)).done());
    assertEquals(week, stay(name));
    assertTrue(slots.replace(name, new byte[] {1}, new byte[] {2}, Duration.ofDays(7)).done());
    assertEquals(Long.MAX_VALUE, stay(name), "not yet");
    assertTrue(slots.millis() > 0);
    assertEquals(week, stay(name));
    assertTrue(slots.replace(name, new byte[] {2}, new byte[] {3}, Duration.ofDays(7)).done());
    slots.close();
    assertEquals(week, stay(name));
  }

  /** Every value that was replaced between two beats was remembered, however many there were. */
  @Test
  void valuesWithoutExpiry_areBounded() {
    HazelcastSlots slots = new HazelcastSlots(grid.member(0));
    byte[] one = {1};
    for (int i = 0; i < 10_100; i++) {
      String name = "gatehouse:1:bound" + i;
      assertTrue(slots.replace(name, null, one, Duration.ofDays(7)).done());
      assertTrue(slots.replace(name, one, new byte[] {2}, Duration.ofDays(7)).done());
    }
    assertEquals(10_000, slots.staying());
    assertEquals(Duration.ofDays(7).toMillis(), stay("gatehouse:1:bound10099"));
    slots.close();
    assertEquals(0, slots.staying());
    assertEquals(Duration.ofDays(7).toMillis(), stay("gatehouse:1:bound0"));
  }

  private long stay(String name) {
    return grid.member(1).getMap("gatehouse.limits").getEntryView(name).getTtl();
  }

  @Test
  void value_putByOneMember_isReadByTheOther() {
    assertTrue(grid.member(1).getCluster().getMembers().size() == 2, "one grid");
    SharedSlots other = new HazelcastSlots(grid.member(1));
    for (int i = 0; i < 20; i++) {
      String name = "gatehouse:1:shared" + i;
      assertTrue(slots().replace(name, null, new byte[] {1}, Duration.ofMinutes(1)).done());
      assertArrayEquals(new byte[] {1}, other.read(name));
    }
  }
}
