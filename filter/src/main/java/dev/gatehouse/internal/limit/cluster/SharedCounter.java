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
 * One counter of all nodes, as this node sees it.
 *
 * <p>Questions queue up while the engine is asked; all that wait are answered by one exchange with
 * it, so that a busy counter costs a bounded number of exchanges however many threads ask. The
 * value that was put last is tried first, without reading. Safe for use by several threads.
 */
final class SharedCounter<C> {
  private static final int MAX_AT_ONCE = 1_000;

  /** Of the nodes that try at the same time, one succeeds each time. */
  private static final int TRIES = 1_000;

  private final String name;
  private final CounterCodec<C> form;
  private final Queue<Ask<C, ?>> asks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean served = new AtomicBoolean();

  /** What the slot held last, as far as this node knows; only one thread serves at a time. */
  private byte @Nullable [] known;

  /**
   * A question about a counter.
   *
   * @param work asks the counter, and may change it
   * @param changes whether an answer means that the counter has changed; an answer that does not
   *     holds for every later state of the counter too
   * @param fresh whether the slot must be read for it
   * @param keep how long the counter matters from now on
   * @param done hears the answer once the counter is in its slot, before the next question is asked
   */
  record Question<C, R>(
      Function<C, R> work, Predicate<R> changes, boolean fresh, Duration keep, Consumer<R> done) {
    /** A question whose answer only its asker hears. */
    Question(Function<C, R> work, Predicate<R> changes, boolean fresh, Duration keep) {
      this(work, changes, fresh, keep, answer -> {});
    }
  }

  /** A question on its way. */
  private record Ask<C, R>(Question<C, R> question, CompletableFuture<R> answer) {
    /** Asks, and tells how to answer, and whether the counter changed. */
    Answered<R> ask(C counter) {
      R result = question.work().apply(counter);
      return new Answered<>(this, result, question.changes().test(result));
    }
  }

  /** An answer that is given when the counter is in its slot. */
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
   * Asks, without waiting.
   *
   * @param engine runs what talks to the engine
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

  /** Others' counters have their turn before the rest of this one's questions. */
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

  /** Those whose asker has given up are not counted. */
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
      if (answers.stream().noneMatch(Answered::changed) || put(counter, keep(some), slots)) {
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

  private Duration keep(List<Ask<C, ?>> some) {
    return some.stream()
        .map(ask -> ask.question().keep())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
