package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.bench.Callers.Randomness;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The least that any implementation must do, by JDK classes only: read the header, digest the key,
 * look it up, compare it in constant time, and count the request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {
  private static final long LIMIT = Long.MAX_VALUE / 2;
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private Map<Digest, Caller> callers = Map.of();

  /** Enrols the callers. */
  @Setup(Level.Trial)
  public void readCredential(Callers all) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    callers = new HashMap<>(all.callers * 2);
    for (int i = 0; i < all.callers; i++) {
      callers.put(digest(sha, all.enrolled(i)), new Caller("consumer-" + i));
    }
  }

  /** Identifies the caller and counts the request. */
  @Benchmark
  public @Nullable Object key(Callers all, Randomness random, Sha sha) {
    Caller caller = find(all, random, sha);
    if (caller != null) {
      caller.count();
    }
    return caller;
  }

  /** Identifies the caller and counts the request in a window of 60 s. */
  @Benchmark
  public @Nullable Object keyAndLimit(Callers all, Randomness random, Sha sha) {
    Caller caller = find(all, random, sha);
    return caller != null && caller.admit(System.nanoTime()) ? caller : null;
  }

  private @Nullable Caller find(Callers all, Randomness random, Sha sha) {
    String key = random.request(all).header("apikey");
    return key == null ? null : callers.get(digest(sha.engine, key));
  }

  private static Digest digest(MessageDigest sha, String key) {
    return new Digest(sha.digest(key.getBytes(UTF_8)));
  }

  /** One engine for each thread. */
  @State(Scope.Thread)
  public static class Sha {
    final MessageDigest engine;

    /** Creates the thread's engine. */
    public Sha() {
      try {
        engine = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class Digest {
    private static final VarHandle FIRST =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;

    Digest(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return (int) FIRST.get(bytes, 0);
    }
  }

  private static final class Caller {
    private final String name;
    private long windowStart;
    private long used;

    Caller(String name) {
      this.name = name;
    }

    synchronized void count() {
      used++;
    }

    synchronized boolean admit(long now) {
      if (now - windowStart >= WINDOW_NANOS) {
        windowStart = now;
        used = 0;
      }
      return used++ < LIMIT;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
