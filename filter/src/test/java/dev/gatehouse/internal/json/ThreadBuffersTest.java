package dev.gatehouse.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buffers in thread-locals would stay behind when an application is undeployed. */
class ThreadBuffersTest {
  @Test
  void formats_useNoThreadLocalBuffers() {
    Bounds bounds = Bounds.ofDepth(2);
    for (TextFormat format : List.of(TextFormat.json(bounds), TextFormat.yaml(bounds))) {
      assertInstanceOf(
          JsonRecyclerPools.NonRecyclingPool.class, format.factory()._getRecyclerPool());
      assertEquals(0, format.factory()._getRecyclerPool().pooledCount());
    }
  }
}
