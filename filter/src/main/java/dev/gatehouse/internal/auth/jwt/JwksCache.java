package dev.gatehouse.internal.auth.jwt;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.spi.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the key sets of Credentials. A background thread reads a set when it is first needed,
 * when it is old, and when a token names a key that is not in it.
 *
 * <p>A known key is always returned from memory. Between two attempts there is a pause of {@value
 * #PAUSE} milliseconds, and a longer one after several failures, so that tokens with invented key
 * ids cause neither many reads nor waiting requests. If a read fails, the old keys stay in use.
 * Safe for use by several threads.
 */
final class JwksCache {
  /** Pause between two attempts to read a set, in milliseconds. */
  static final long PAUSE = 10_000;

  /** Maximum number of requests that wait for one set. */
  static final int MAX_WAITING = 4;

  /** Each set belongs to a Credential, so only administrators can add one. */
  static final int MAX_SETS = 100_000;

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.auth");
  private static final long MAX_PAUSE = 60_000;
  private static final int MAX_DOUBLINGS = 3;

  /** A set is read again after eight tenths of its age; milliseconds per second. */
  private static final long REFRESH_MILLIS = 800;

  private static final long MILLIS = 1_000;

  private final int patience;
  private final long wait;
  private final JwksExecutor reader = new JwksExecutor();
  private final LoadingCache<JwksLocation, State> states =
      Caffeine.newBuilder()
          .maximumSize(MAX_SETS)
          .executor(Runnable::run)
          .build(source -> new State());

  /**
   * Creates an empty cache.
   *
   * @param patience the timeout of connecting and of each read, in milliseconds
   * @param wait the longest wait of a request for a running read, in milliseconds
   */
  JwksCache(int patience, long wait) {
    this.patience = patience;
    this.wait = wait;
  }

  private static final class State {
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Attempt last;
    private @Nullable Running running;
  }

  private record Loaded(JwkSet set, long at) {}

  /**
   * The last attempt to read a set.
   *
   * @param failures the number of failures in a row
   */
  private record Attempt(long at, int failures, @Nullable IOException failure) {
    boolean isOver(long now) {
      int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
      return now - at >= Math.min(MAX_PAUSE, PAUSE << doublings);
    }
  }

  /** A running read. */
  private static final class Running {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    /** Set after a request has waited without success; further requests do not wait. */
    private volatile boolean slow;
  }

  /**
   * Returns the key of an id, or null if the set has no such key.
   *
   * @param id the key id of the token, or null
   * @throws StoreException if the set could not be read, or not in time
   */
  @Nullable JwtKey find(JwksLocation source, @Nullable String id, InstantSource ticker) {
    State state = states.get(source);
    Loaded loaded = state.loaded;
    JwtKey key = loaded == null ? null : loaded.set.key(id);
    long age = loaded == null ? 0 : ticker.millis() - loaded.at;
    if (key != null && age < source.maxAge() * REFRESH_MILLIS) {
      return key;
    }
    Running running = begin(source, state, ticker);
    boolean old = age >= source.maxAge() * MILLIS && failure(state) == null;
    if (key != null && !old) {
      return key;
    }
    boolean over = running == null || await(state, running);
    Loaded now = state.loaded;
    JwtKey found = now == null ? null : now.set.key(id);
    if (found == null && (!over || now == null || failure(state) != null)) {
      throw new StoreException("the keys at " + source + " are not known", cause(state));
    }
    return found;
  }

  private static @Nullable IOException failure(State state) {
    Attempt last = state.last;
    return last == null ? null : last.failure;
  }

  private static IOException cause(State state) {
    IOException failure = failure(state);
    return failure == null ? new IOException("the set is being read") : failure;
  }

  /** Returns why a set cannot be read now, or null if it can. */
  @Nullable IOException problem(JwksLocation source, InstantSource ticker) {
    try {
      JwkSet unused = read(source, ticker);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private JwkSet read(JwksLocation source, InstantSource ticker) throws IOException {
    byte[] bytes = source.bytes(JwksLocation.Patience.of(ticker, patience));
    JwkSet set = JwkSet.read(source.algorithm(), bytes);
    if (set == null) {
      throw new IOException("not a JWK Set with a key for " + source.algorithm().id());
    }
    return set;
  }

  /** Returns the running read, or null. Starts a read if one is due. */
  private @Nullable Running begin(JwksLocation source, State state, InstantSource ticker) {
    synchronized (state) {
      Attempt last = state.last;
      if (state.running != null || (last != null && !last.isOver(ticker.millis()))) {
        return state.running;
      }
      Running begun = new Running();
      state.running = begun;
      reader.execute(() -> read(source, state, ticker));
      return begun;
    }
  }

  /** Waits for a read. Returns whether it ended in time. */
  private boolean await(State state, Running running) {
    if (running.slow || !state.waiting.tryAcquire()) {
      return running.end.isDone();
    }
    try {
      return running.end.get(wait, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      running.slow = true;
      return false;
    } finally {
      state.waiting.release();
    }
  }

  private void read(JwksLocation source, State state, InstantSource ticker) {
    long at = ticker.millis();
    IOException failure = new IOException("reading has broken off");
    try {
      state.loaded = new Loaded(read(source, ticker), at);
      failure = null;
    } catch (IOException e) {
      failure = e;
      LOG.log(
          System.Logger.Level.WARNING,
          "the keys at {0} could not be read, {1}: {2}",
          source,
          state.loaded == null ? "and there are none" : "the old ones stay in use",
          e.toString());
    } finally {
      Attempt last = state.last;
      int before = last == null ? 0 : last.failures;
      end(state, new Attempt(at, failure == null ? 0 : before + 1, failure));
    }
  }

  private static void end(State state, Attempt attempt) {
    synchronized (state) {
      Running ended = state.running;
      state.last = attempt;
      state.running = null;
      if (ended != null) {
        ended.end.complete(true);
      }
    }
  }
}
