package dev.gatehouse.contract;

/** How much of the heap is in use, for tests that promise a bound. */
public final class Heap {
  /** One mebibyte. */
  public static final long MIB = 1L << 20;

  private Heap() {}

  /** Bytes in use right after collections; the smallest of several looks. */
  public static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
