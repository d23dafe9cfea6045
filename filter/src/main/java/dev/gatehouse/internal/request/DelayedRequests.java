package dev.gatehouse.internal.request;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.plugin.Reply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Delayed requests, which wait without a thread of the server.
 *
 * <p>It has one thread from the first delayed request on, and a maximum number of requests. Safe
 * for use by several threads.
 */
public final class DelayedRequests implements AutoCloseable {
  /**
   * The default maximum is 0, because a delayed request becomes an ASYNC dispatch, in which servers
   * with Weld have no request scope for the application's beans.
   */
  public static final int DEFAULT = 0;

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");
  private static final Reply CLOSING = Reply.message(503, "Service temporarily unavailable");

  private final Set<Delayed> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger taken = new AtomicInteger();
  private @Nullable ScheduledThreadPoolExecutor clock;
  private boolean closed;

  /**
   * The delay of a request.
   *
   * @param millis the delay in milliseconds
   * @param most the maximum number of delayed requests
   */
  record Stay(long millis, int most) {}

  /** A delayed request. It goes on or ends exactly once. */
  private record Delayed(
      AsyncContext context, HttpServletRequest request, HttpServletResponse response) {
    void proceed() {
      boolean dispatched = false;
      try {
        context.dispatch();
        dispatched = true;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "a waiting request cannot go on", e);
      } finally {
        if (!dispatched) {
          complete(context);
        }
      }
    }

    void end() {
      try {
        ReplyWriter.write(request, response, CLOSING);
      } catch (IOException | RuntimeException gone) {
        LOG.log(System.Logger.Level.DEBUG, "a waiting client cannot be answered", gone);
      } finally {
        complete(context);
      }
    }
  }

  /**
   * Delays a request asynchronously. Returns false if there are too many.
   *
   * @param request the request for the application
   * @param stay the delay
   * @param permits the permits that it holds until it is complete
   */
  boolean hold(
      HttpServletRequest request, HttpServletResponse response, Stay stay, RequestPermits permits) {
    ScheduledThreadPoolExecutor open = open();
    if (open == null) {
      return false;
    }
    if (taken.incrementAndGet() > stay.most()) {
      taken.decrementAndGet();
      return false;
    }
    AsyncContext context = begin(request, response, permits);
    Delayed delayed = new Delayed(context, request, response);
    waiting.add(delayed);
    try {
      ScheduledFuture<?> unused =
          open.schedule(() -> leave(delayed), stay.millis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      end(delayed);
    }
    return true;
  }

  /** Starts asynchronous processing. Releases the place if that fails. */
  private AsyncContext begin(
      HttpServletRequest request, HttpServletResponse response, RequestPermits permits) {
    @Nullable AsyncContext context = null;
    boolean waits = false;
    try {
      context = request.startAsync(request, response);
      context.setTimeout(0);
      permits.until(context);
      waits = true;
      return context;
    } finally {
      if (!waits) {
        taken.decrementAndGet();
        complete(context);
      }
    }
  }

  /** Otherwise the container would hold the request and its permits forever. */
  private static void complete(@Nullable AsyncContext context) {
    try {
      if (context != null) {
        context.complete();
      }
    } catch (RuntimeException over) {
      LOG.log(System.Logger.Level.DEBUG, "a waiting request is over already", over);
    }
  }

  private void leave(Delayed delayed) {
    if (leaves(delayed)) {
      delayed.proceed();
    }
  }

  private void end(Delayed delayed) {
    if (leaves(delayed)) {
      delayed.end();
    }
  }

  /** Removes a request. Returns false if it was removed before. */
  private boolean leaves(Delayed delayed) {
    boolean there = waiting.remove(delayed);
    if (there) {
      taken.decrementAndGet();
    }
    return there;
  }

  private synchronized @Nullable ScheduledThreadPoolExecutor open() {
    if (closed) {
      return null;
    }
    if (clock == null) {
      clock =
          new ScheduledThreadPoolExecutor(
              1, task -> DaemonThreads.create("gatehouse-waiting", task));
      clock.setRemoveOnCancelPolicy(true);
    }
    return clock;
  }

  /** Answers 503 to all delayed requests. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (clock != null) {
        clock.shutdownNow();
      }
    }
    List.copyOf(waiting).forEach(this::end);
  }
}
