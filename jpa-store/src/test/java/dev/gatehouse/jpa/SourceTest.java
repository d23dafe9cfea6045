package dev.gatehouse.jpa;

import dev.gatehouse.checks.SourceContract;
import java.util.Map;

/** The exceptions of this module; they may only shrink. */
class SourceTest extends SourceContract {
  @Override
  protected Map<String, Integer> largeFiles() {
    return Map.of("JpaConsumerStore.java", 211);
  }

  @Override
  protected Map<String, Integer> longMethods() {
    return Map.of("BulkRows.putAll", 32, "ConsumerRows.put", 31);
  }

  @Override
  protected Map<String, Integer> repeatedNames() {
    return Map.of("Found", 2, "Rows", 2, "Step", 2, "Work", 3);
  }

  @Override
  protected int idiomInMessages() {
    return 2;
  }
}
