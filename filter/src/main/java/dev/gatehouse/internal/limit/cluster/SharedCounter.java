package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A shared counter, as seen by this node.
 *
 * <p>Questions queue up during an exchange with the engine; the next exchange answers all of them.
 * So the number of exchanges does not depend on the number of threads. The last written value is
 * tried first, without a read. Safe for use by several threads.
 */
final class SharedCounter<C> {
  private static final int MAX_AT_ONCE = 1_000;

  /**
   * Maximum number of attempts. Of several nodes that try at the same time, one succeeds each time.
   */
  private static final int TRIES = 1_000;

  private final String name;
  private final CounterCodec<C> form;
  private final Queue<Ask<C, ?>> asks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean served = new AtomicBoolean();

  /** The last known value of the slot. One thread serves at a time. */
  private byte @Nullable [] known;

  /**
   * A question about a counter.
   *
   * @param work reads the counter and may change it
   * @param changes returns whether the counter has changed. A result without a change must also be
   *     valid for every later state of the counter
   * @param fresh whether the slot must be read
   * @param keep the lifetime of the slot from now on
   * @param done called with the result after the write and before the next question
   */
  record Question<C, R>(
      Function<C, R> work, Predicate<R> changes, boolean fresh, Duration keep, Consumer<R> done) {
    /** Creates a question without {@code done}. */
    Question(Function<C, R> work, Predicate<R> changes, boolean fresh, Duration keep) {
      this(work, changes, fresh, keep, answer -> {});
    }
  }

  /** A pending question. */
  private record Ask<C, R>(Question<C, R> question, CompletableFuture<R> answer) {
    /** Applies the question to the counter. */
    Answered<R> ask(C counter) {
      R result = question.work().apply(counter);
      return new Answered<>(this, result, question.changes().test(result));
    }
  }

  /** A result that is delivered after the write. */
  private record Answered<R>(Ask<?, R> ask, R result, boolean changed) {
    void give() {
      ask.question().done().accept(result);
      ask.answer().complete(result);
    }
  }

  SharedCounter(String name, CounterCodec<C> form) {
    this.name = name;
    this.form = form;
  }

  /**
   * Sends a question. Does not wait.
   *
   * @param engine runs the calls to the engine
   */
  <R> CompletableFuture<R> ask(Question<C, R> question, SharedSlots slots, Executor engine) {
    Ask<C, R> ask = new Ask<>(question, new CompletableFuture<>());
    asks.add(ask);
    serve(slots, engine);
    return ask.answer();
  }

  private void serve(SharedSlots slots, Executor engine) {
    if (!asks.isEmpty() && served.compareAndSet(false, true)) {
      try {
        engine.execute(() -> serveSome(slots, engine));
      } catch (RejectedExecutionException closed) {
        served.set(false);
        fail(all(), new StoreException("the counters are closed", closed));
      }
    }
  }

  /** Yields to other counters before it serves the remaining questions. */
  private void serveSome(SharedSlots slots, Executor engine) {
    List<Ask<C, ?>> some = all();
    try {
      answer(some, slots);
    } catch (StoreException e) {
      known = null;
      fail(some, e);
    } catch (RuntimeException e) {
      known = null;
      fail(some, new StoreException("the counters failed", e));
    } finally {
      served.set(false);
      serve(slots, engine);
    }
  }

  /** Returns the pending questions without the cancelled ones. */
  private List<Ask<C, ?>> all() {
    List<Ask<C, ?>> all = new ArrayList<>();
    Ask<C, ?> next = asks.poll();
    while (next != null) {
      if (!next.answer().isDone()) {
        all.add(next);
      }
      next = all.size() < MAX_AT_ONCE ? asks.poll() : null;
    }
    return all;
  }

  private static <C> void fail(List<Ask<C, ?>> asks, StoreException failure) {
    asks.forEach(ask -> ask.answer().completeExceptionally(failure));
  }

  private void answer(List<Ask<C, ?>> some, SharedSlots slots) {
    if (some.isEmpty()) {
      return;
    }
    if (known == null || some.stream().anyMatch(ask -> ask.question().fresh())) {
      known = slots.read(name);
    }
    for (int tried = 1; tried <= TRIES; tried++) {
      C counter = form.read(known);
      List<Answered<?>> answers = new ArrayList<>(some.size());
      some.forEach(ask -> answers.add(ask.ask(counter)));
      if (answers.stream().noneMatch(Answered::changed) || put(counter, lifetimeOf(some), slots)) {
        answers.forEach(Answered::give);
        return;
      }
    }
    throw new StoreException("other nodes came first too often", new IllegalStateException(name));
  }

  private boolean put(C counter, Duration keep, SharedSlots slots) {
    byte[] after = form.write(counter);
    SharedSlots.Replaced replaced = slots.replace(name, known, after, keep);
    known = replaced.done() ? after : replaced.present();
    return replaced.done();
  }

  private Duration lifetimeOf(List<Ask<C, ?>> some) {
    return some.stream()
        .map(ask -> ask.question().keep())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
