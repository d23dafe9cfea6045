package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Records log messages. */
final class RecordedLog extends Handler {
  private final StringBuilder text = new StringBuilder();

  @Override
  public synchronized void publish(LogRecord entry) {
    text.append(entry.getMessage()).append('\n');
    notifyAll();
  }

  synchronized String text() {
    return text.toString();
  }

  synchronized void await(String part) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (text.indexOf(part) < 0) {
      assertTrue(System.nanoTime() < end, () -> "never logged: " + part);
      wait(100);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
