package dev.gatehouse.internal.request;

import dev.gatehouse.spi.plugin.Permit;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Releases the permits of a request exactly once, when the request is complete: after the chain,
 * after its asynchronous part, or at the end of an upgraded connection.
 *
 * <p>Safe for use by several threads.
 */
public final class RequestPermits implements AsyncListener {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");

  private volatile List<Permit> held = List.of();
  private boolean waits;

  /** Adds permits. */
  public void add(List<Permit> more) {
    if (!more.isEmpty()) {
      synchronized (this) {
        held = Stream.concat(held.stream(), more.stream()).toList();
      }
    }
  }

  /**
   * Called when a request has become asynchronous before the chain. Its dispatch may run before
   * this thread continues.
   */
  void until(AsyncContext context) {
    if (!held.isEmpty()) {
      context.addListener(this);
      waits = true;
    }
  }

  /** Called after the chain has returned or thrown. */
  void afterChain(ServletRequest request) {
    if (held.isEmpty() || waits) {
      return;
    }
    HeldPermits connection = UpgradedConnection.of(request);
    if (connection != null) {
      take().forEach(connection::hold);
      return;
    }
    if (!request.isAsyncStarted()) {
      release();
      return;
    }
    boolean later = false;
    try {
      request.getAsyncContext().addListener(this);
      later = true;
    } catch (IllegalStateException alreadyOver) {
      LOG.log(System.Logger.Level.DEBUG, "the request is over already", alreadyOver);
    } finally {
      if (!later) {
        release();
      }
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    release();
  }

  /** The container completes or dispatches the request after a timeout. */
  @Override
  public void onTimeout(AsyncEvent event) {}

  /** The container completes the request after an error. */
  @Override
  public void onError(AsyncEvent event) {}

  /** A new asynchronous cycle has no listeners. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }

  private void release() {
    take().forEach(RequestPermits::release);
  }

  /** Returns and removes all permits. */
  private synchronized List<Permit> take() {
    List<Permit> all = held;
    held = List.of();
    return all;
  }

  /** A permit whose release fails must not prevent the release of others. */
  private static void release(Permit permit) {
    try {
      permit.release();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a permit could not be given back", e);
    }
  }
}
