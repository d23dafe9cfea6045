package dev.gatehouse.internal.store;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates threads that do not prevent a process from ending. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** Returns a factory of threads whose names end in a number. */
  public static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> create(name + "-" + count.incrementAndGet(), work);
  }

  /** Returns a thread that was not started. */
  public static Thread create(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
