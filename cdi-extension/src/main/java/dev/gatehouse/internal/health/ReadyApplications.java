package dev.gatehouse.internal.health;

import dev.gatehouse.servlet.Readiness;
import jakarta.servlet.ServletContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The applications that share a check, such as those of an EAR.
 *
 * <p>Safe for use by several threads.
 */
final class ReadyApplications {
  private final List<ServletContext> started = new CopyOnWriteArrayList<>();

  /**
   * The result of the check.
   *
   * @param ready whether all applications are ready
   * @param data texts and {@code Long}s by name
   */
  record Answer(boolean ready, Map<String, Object> data) {
    Answer {
      data = Map.copyOf(data);
    }
  }

  void add(ServletContext application) {
    started.add(application);
  }

  /** Returns the present state. With several applications, names begin with their context paths. */
  Answer answer() {
    Map<String, Readiness> now = new TreeMap<>();
    for (ServletContext each : started) {
      Readiness.of(each).ifPresent(found -> now.put(each.getContextPath(), found));
    }
    if (now.isEmpty()) {
      return new Answer(true, Map.of("filter", "none"));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    now.forEach((path, each) -> describe(now.size() == 1 ? "" : path + ' ', each, data));
    return new Answer(now.values().stream().allMatch(Readiness::isReady), data);
  }

  private static void describe(String prefix, Readiness now, Map<String, Object> data) {
    data.put(prefix + "store", now.storeAnswers() ? "answers" : "away");
    now.feedAge().ifPresent(age -> data.put(prefix + "change-feed-age-millis", age.toMillis()));
    now.limitsAnswer()
        .ifPresent(answers -> data.put(prefix + "limits", answers ? "answers" : "away"));
  }
}
