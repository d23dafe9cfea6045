package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.spi.limit.SharedSlots;
import java.time.InstantSource;

/** Runs the contract of shared slots on those of other tests. */
class MemorySlotsTest extends SharedSlotsContract {
  private final MemorySlots slots = new MemorySlots(InstantSource.system());

  @Override
  protected SharedSlots slots() {
    return slots;
  }
}
