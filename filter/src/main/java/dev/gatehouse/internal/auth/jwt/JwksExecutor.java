package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.internal.store.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread that reads key sets. It ends after one second without work. */
final class JwksExecutor implements Executor {
  private static final String NAME = "gatehouse-key-sets";

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> DaemonThreads.create(NAME, work));

  /** Creates an executor without a running thread. */
  JwksExecutor() {
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable work) {
    thread.execute(work);
  }
}
