package dev.gatehouse.internal.runtime;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.config.ConfigSource;
import dev.gatehouse.internal.config.ReferencedFiles;
import dev.gatehouse.internal.config.Utf8Files;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The watch over a configuration file.
 *
 * <p>Each poll compares the content, because a file may be replaced without a new time stamp, as in
 * a volume with swapped links. An invalid text is reported once, and the present configuration
 * stays. A file that is being written is not read until it has not changed for a moment, because a
 * part of a configuration may be valid and protect only a part; writers should replace the file by
 * renaming. Safe for use by several threads. If no poll is due, a call costs one volatile read.
 *
 * @param <T> the parsed content
 */
final class ConfigurationReload<T> implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final Duration MAX_LOOK = Duration.ofSeconds(10);

  /** The time without a change after which a file is complete, in milliseconds. */
  private static final long STILL = 200;

  private final ConfigSource source;
  private final long interval;
  private final Function<String, T> parser;
  private final LongFunction<ReferencedFiles.Look> referenced;
  private final AtomicLong due = new AtomicLong(Long.MIN_VALUE);
  private String active;
  private String refused;
  private boolean unreadable;
  private @Nullable Thread thread;

  /**
   * Creates a watch over a file that was read and refers to no other file.
   *
   * @param interval the minimum interval of polls
   * @param parser parses a text, or throws without a change
   * @param active the present text
   */
  ConfigurationReload(
      ConfigSource source, Duration interval, Function<String, T> parser, String active) {
    this(source, interval, parser, active, now -> ReferencedFiles.Look.UNCHANGED);
  }

  /**
   * Creates a watch over a file that was read.
   *
   * @param referenced checks the files that the text refers to, at a time
   */
  ConfigurationReload(
      ConfigSource source,
      Duration interval,
      Function<String, T> parser,
      String active,
      LongFunction<ReferencedFiles.Look> referenced) {
    this.source = source;
    this.interval = interval.toMillis();
    this.parser = parser;
    this.referenced = referenced;
    this.active = active;
    this.refused = active;
  }

  /** The result of a poll. */
  sealed interface Poll<T> {
    /** Nothing has changed, or the change was reported before. */
    record Unchanged<T>() implements Poll<T> {}

    /**
     * A valid new text.
     *
     * @param value the parsed content
     */
    record Changed<T>(T value) implements Poll<T> {}

    /**
     * An invalid new text, or an unreadable file. The present configuration stays.
     *
     * @param problem the failure, with all problems of the text
     */
    record Bad<T>(RuntimeException problem) implements Poll<T> {}
  }

  /** Polls the file on the calling thread if that is due. */
  Poll<T> poll(Instant now) {
    long millis = now.toEpochMilli();
    long next = due.get();
    boolean early = millis < next && next - millis <= interval;
    if (early || !due.compareAndSet(next, millis + interval)) {
      return new Poll.Unchanged<>();
    }
    return look(millis);
  }

  private synchronized Poll<T> look(long now) {
    try {
      long stamp = source.lastModified();
      if (stamp != 0 && Math.abs(now - stamp) < STILL) {
        return again(now);
      }
      String text = source.text();
      if (source.lastModified() != stamp) {
        return new Poll.Unchanged<>();
      }
      unreadable = false;
      return judge(text, now);
    } catch (IOException e) {
      boolean told = unreadable;
      unreadable = true;
      String reason = Utf8Files.reason(e);
      return told
          ? new Poll.Unchanged<>()
          : new Poll.Bad<>(new ConfigException(source.name(), reason));
    }
  }

  private Poll<T> again(long now) {
    due.set(now + Math.min(STILL, interval));
    return new Poll.Unchanged<>();
  }

  private Poll<T> judge(String text, long now) {
    if (text.equals(active) || text.equals(refused)) {
      ReferencedFiles.Look look = referenced.apply(now);
      if (look == ReferencedFiles.Look.WRITTEN) {
        return again(now);
      }
      if (look == ReferencedFiles.Look.UNCHANGED) {
        refused = text.equals(active) ? active : refused;
        return new Poll.Unchanged<>();
      }
    }
    try {
      T value = Objects.requireNonNull(parser.apply(text));
      active = text;
      refused = text;
      return new Poll.Changed<>(value);
    } catch (RuntimeException e) {
      refused = text;
      return new Poll.Bad<>(e);
    }
  }

  /**
   * Starts to poll the file on a separate thread. The parser applies a new configuration itself.
   *
   * @param clock the wall clock
   */
  void start(InstantSource clock) {
    Semaphore never = new Semaphore(0);
    // Twice as often as due, so that a file that was incomplete is read soon.
    long pause = Math.max(1, interval / 2);
    Thread started =
        new Thread(
            () -> {
              while (pause(never, pause)) {
                log(clock.instant());
              }
            },
            "gatehouse-reload");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  /** Waits. Returns false if the thread was interrupted. */
  private static boolean pause(Semaphore never, long millis) {
    try {
      return !never.tryAcquire(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Polls and logs. Never throws, because an exception would end the thread. */
  private void log(Instant now) {
    try {
      Poll<T> poll = poll(now);
      if (poll instanceof Poll.Changed<?>) {
        LOG.log(System.Logger.Level.INFO, "the configuration file was read again");
      } else if (poll instanceof Poll.Bad<?> bad) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the configuration file was not taken, the old one stays: "
                + bad.problem().getMessage());
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the configuration file could not be looked at", e);
    }
  }

  /** Ends the thread after a running poll and waits for it. */
  @Override
  public void close() {
    Thread started = thread;
    if (started == null) {
      return;
    }
    started.interrupt();
    try {
      started.join(MAX_LOOK.toMillis());
      if (started.isAlive()) {
        LOG.log(System.Logger.Level.WARNING, "the reload thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
