package dev.gatehouse.internal.store;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnginePoolTest {
  @Test
  void take_returnsTheIdleEngineOnce() {
    EnginePool<Object> pool = new EnginePool<>(4, Object::new);
    Object first = pool.take();
    pool.put(first);
    assertSame(first, pool.take());
    assertNotSame(first, pool.take());
  }

  @Test
  void engine_isOfOneThreadAtATime() throws Exception {
    EnginePool<Object> pool = new EnginePool<>(2, Object::new);
    Set<Object> inUse = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> all =
          IntStream.range(0, 8)
              .mapToObj(thread -> threads.submit(() -> alone(pool, inUse)))
              .toList();
      for (Future<Boolean> one : all) {
        assertTrue(one.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean alone(EnginePool<Object> pool, Set<Object> inUse) {
    boolean alone = true;
    for (int i = 0; i < 10_000; i++) {
      Object engine = pool.take();
      alone &= inUse.add(engine);
      inUse.remove(engine);
      pool.put(engine);
    }
    return alone;
  }
}
