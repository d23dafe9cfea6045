package dev.gatehouse.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.spi.StoreException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The key sets of Credentials, each read when first needed and again when it is old or a token
 * names a key that is not in it.
 *
 * <p>One request reads at a time, the others go on with the keys there are. After an attempt the
 * next one waits {@value #PAUSE} milliseconds, so that tokens with invented key ids cannot make us
 * ask without end. When reading fails the old keys stay in use. Safe for use by several threads; it
 * has none of its own.
 */
final class KeySets {
  /** Milliseconds between two attempts to read one set. */
  static final long PAUSE = 10_000;

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.auth");
  private static final int MOST_SETS = 1_000;
  private static final long MILLIS = 1_000;

  private final int patience;
  private final LoadingCache<KeySetSource, State> states =
      Caffeine.newBuilder()
          .maximumSize(MOST_SETS)
          .executor(Runnable::run)
          .build(source -> new State());

  /**
   * Knows no keys yet.
   *
   * @param patience milliseconds that connecting and each read may take
   */
  KeySets(int patience) {
    this.patience = patience;
  }

  /** What is known of one set; written under the lock only. */
  private static final class State {
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Attempt last;

    @Nullable JwtKey key(@Nullable String id) {
      Loaded now = loaded;
      return now == null ? null : now.set.key(id);
    }
  }

  private record Loaded(KeySet set, long at) {}

  private record Attempt(long at, @Nullable IOException failure) {}

  /**
   * The key of an id.
   *
   * @param id the id that a token names, or null when it names none
   * @return null when the set was read and has no such key
   * @throws StoreException if the set could not be read
   */
  @Nullable JwtKey find(KeySetSource source, @Nullable String id, InstantSource ticker) {
    State state = states.get(source);
    JwtKey key = state.key(id);
    Loaded loaded = state.loaded;
    boolean old = loaded == null || ticker.millis() - loaded.at >= source.maxAge() * MILLIS;
    if (key != null && !old) {
      return key;
    }
    readAgain(source, state, ticker, key == null);
    JwtKey found = state.key(id);
    Attempt last = state.last;
    if (found == null && last != null && last.failure != null) {
      throw new StoreException("the keys at " + source + " are not known", last.failure);
    }
    return found;
  }

  /** Why a set cannot be read just now; empty when it can. */
  Optional<String> problem(KeySetSource source, InstantSource ticker) {
    try {
      read(source, ticker);
      return Optional.empty();
    } catch (IOException e) {
      return e instanceof NoSuchFileException
          ? Optional.of("no such file")
          : Optional.ofNullable(e.getMessage()).or(() -> Optional.of("unreadable"));
    }
  }

  private KeySet read(KeySetSource source, InstantSource ticker) throws IOException {
    byte[] bytes = source.bytes(KeySetSource.Patience.of(ticker, patience));
    KeySet set = KeySet.read(source.algorithm(), bytes);
    if (set == null) {
      throw new IOException("not a JWK Set with a key for " + source.algorithm().id());
    }
    return set;
  }

  /** Reads the set unless that was tried a moment ago or another request is at it. */
  private void readAgain(KeySetSource source, State state, InstantSource ticker, boolean needed) {
    if (!isDue(state, ticker) || !take(state.reading, needed)) {
      return;
    }
    try {
      if (isDue(state, ticker)) {
        long at = ticker.millis();
        IOException failure = read(source, state, ticker, at);
        state.last = new Attempt(at, failure);
      }
    } finally {
      state.reading.unlock();
    }
  }

  private static boolean isDue(State state, InstantSource ticker) {
    Attempt last = state.last;
    return last == null || ticker.millis() - last.at >= PAUSE;
  }

  /** Waits for another reader only if there is no key to go on with. */
  private boolean take(ReentrantLock reading, boolean needed) {
    try {
      if (needed ? reading.tryLock(3L * patience, TimeUnit.MILLISECONDS) : reading.tryLock()) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (needed) {
      throw new StoreException("keys are being read for too long", new IOException("busy"));
    }
    return false;
  }

  private @Nullable IOException read(
      KeySetSource source, State state, InstantSource ticker, long at) {
    try {
      state.loaded = new Loaded(read(source, ticker), at);
      return null;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the keys at {0} could not be read, {1}: {2}",
          source,
          state.loaded == null ? "and there are none" : "the old ones stay in use",
          e.toString());
      return e;
    }
  }
}
