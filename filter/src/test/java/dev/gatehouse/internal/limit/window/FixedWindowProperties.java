package dev.gatehouse.internal.limit.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.spi.limit.RateWindow;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares the counter with a naive one that stores a list of times. */
class FixedWindowProperties {
  /** A request: how long after the one before, under which limit. */
  record Step(long pause, RateWindow window) {}

  @Property
  void acquire_alwaysAnswersAsTheNaiveTwin(@ForAll("changingLimits") List<Step> steps) {
    FixedWindow counter = new FixedWindow(false);
    NaiveWindow twin = new NaiveWindow();
    long now = 1_000;
    for (Step step : steps) {
      now += step.pause();
      assertEquals(twin.peek(step.window(), now), counter.peek(step.window(), now));
      assertEquals(twin.acquire(step.window(), now), counter.acquire(step.window(), now));
    }
  }

  @Property
  void acquire_neverAdmitsMoreThanTheLimitInOneWindow(@ForAll("oneLimit") List<Step> steps) {
    FixedWindow counter = new FixedWindow(false);
    long now = 1_000;
    long end = 0;
    long admitted = 0;
    for (Step step : steps) {
      now += step.pause();
      RateWindow.Result state = counter.acquire(step.window(), now);
      if (state == null) {
        throw new AssertionError("is never closed");
      }
      if (now >= end) {
        end = now + step.window().millis();
        admitted = 0;
      }
      admitted += state.admitted() ? 1 : 0;
      assertTrue(admitted <= step.window().limit());
      assertEquals(step.window().limit() - admitted, state.remaining());
      assertEquals(end - now, state.resetMillis());
    }
  }

  @Provide
  Arbitrary<List<Step>> changingLimits() {
    return steps(window()).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Step>> oneLimit() {
    return window().flatMap(one -> steps(Arbitraries.just(one)).list().ofMaxSize(60));
  }

  private static Arbitrary<Step> steps(Arbitrary<RateWindow> windows) {
    return Combinators.combine(Arbitraries.longs().between(0, 120), windows).as(Step::new);
  }

  private static Arbitrary<RateWindow> window() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 8), Arbitraries.longs().between(1, 200))
        .as(RateWindow::new);
  }

  /** Remembers every admitted request since the window began. */
  private static final class NaiveWindow {
    private final List<Long> moments = new ArrayList<>();

    RateWindow.Result acquire(RateWindow window, long now) {
      RateWindow.Result before = peek(window, now);
      if (moments.isEmpty() || now >= moments.get(0) + window.millis()) {
        moments.clear();
      }
      if (before.admitted()) {
        moments.add(now);
      }
      return new RateWindow.Result(
          before.admitted(),
          Math.max(0, window.limit() - moments.size()),
          moments.get(0) + window.millis() - now);
    }

    RateWindow.Result peek(RateWindow window, long now) {
      if (moments.isEmpty() || now >= moments.get(0) + window.millis()) {
        return new RateWindow.Result(true, window.limit(), window.millis());
      }
      long used = moments.size();
      return new RateWindow.Result(
          used < window.limit(),
          Math.max(0, window.limit() - used),
          moments.get(0) + window.millis() - now);
    }
  }
}
