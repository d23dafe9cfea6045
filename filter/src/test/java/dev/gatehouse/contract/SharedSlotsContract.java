package dev.gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.spi.limit.SharedSlots;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine that several nodes share promises: the suite of this door. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SharedSlotsContract {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Returns the engine under test; no test uses a name of another one. */
  protected abstract SharedSlots slots();

  @Test
  void read_ofAnUnknownName_isNull() {
    assertNull(slots().read("gatehouse:1:none"));
    assertNull(refused("gatehouse:1:none", bytes(1)));
    assertNull(slots().read("gatehouse:1:none"));
  }

  @Test
  void replace_withAStaleValue_isRefused() {
    String name = "gatehouse:1:before";
    assertTrue(slots().replace(name, null, bytes(1), LIFETIME).done());
    assertArrayEquals(bytes(1), refused(name, null), "what is there");
    assertArrayEquals(bytes(1), refused(name, bytes(2)));
    assertArrayEquals(bytes(1), slots().read(name));
    assertTrue(slots().replace(name, bytes(1), bytes(2), LIFETIME).done());
    assertArrayEquals(bytes(2), slots().read(name));
    assertTrue(slots().replace(name, bytes(2), bytes(2), LIFETIME).done(), "the same value");
    assertNull(slots().read(name + "-other"));
  }

  @Test
  void replace_acceptsAnyByteUpToTheMaximumLength() {
    String name = "gatehouse:1:any-_byte";
    byte[] all = new byte[SharedSlots.MAX_BYTES];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertTrue(slots().replace(name, null, all, LIFETIME).done());
    assertArrayEquals(all, slots().read(name));
    assertTrue(slots().replace(name, all, new byte[] {0}, LIFETIME).done());
    assertArrayEquals(new byte[] {0}, slots().read(name));
  }

  @Test
  void put_withALongLifetime_doesNotOverflow() {
    String name = "gatehouse:1:long";
    Duration longest = Duration.ofMillis(1L << 55);
    assertTrue(slots().replace(name, null, bytes(1), longest).done());
    assertTrue(slots().replace(name, bytes(1), bytes(2), longest).done());
    assertArrayEquals(bytes(2), slots().read(name));
  }

  @Test
  void replace_byManyThreads_losesNoUpdate() throws Exception {
    String name = "gatehouse:1:crowd";
    assertTrue(slots().replace(name, null, bytes(0), LIFETIME).done());
    List<Integer> done =
        ConcurrentTasks.run(
            8,
            () -> {
              for (int i = 0; i < 50; i++) {
                add(name);
              }
              return 50;
            });
    assertEquals(8, done.size());
    assertArrayEquals(bytes(400), slots().read(name));
  }

  private byte @Nullable [] refused(String name, byte @Nullable [] before) {
    SharedSlots.Replaced tried = slots().replace(name, before, bytes(9), LIFETIME);
    assertFalse(tried.done());
    return tried.present();
  }

  private void add(String name) {
    SharedSlots.Replaced tried = new SharedSlots.Replaced(false, slots().read(name));
    while (!tried.done()) {
      byte[] before = tried.present();
      assertNotNull(before);
      int count = ByteBuffer.wrap(before).getInt();
      tried = slots().replace(name, before, bytes(count + 1), LIFETIME);
    }
  }

  @Test
  void time_advances() {
    long first = slots().millis();
    assertTrue(first > 1_700_000_000_000L, "milliseconds since 1970: " + first);
    assertTrue(slots().millis() >= first);
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
