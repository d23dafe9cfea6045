package dev.gatehouse.internal.admin;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateLimiter.Snapshot;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The resource {@code consumers/{username}/usage}: this node's counters of a Consumer.
 *
 * <p>It contains the counters of the Consumer's own limits, and those of Routes, groups and the
 * application with the key {@code consumer_name}. Other keys are omitted, because their values,
 * such as headers, may be secrets.
 */
public record UsageResource(Administration admin, ConsumerRepository repository) {
  public AdminResponse answer(AdminRequest ask, String username) {
    if (!ask.method().equals("GET") && !ask.method().equals("HEAD")) {
      return AdminResponse.notSupported(ask.method(), "usage");
    }
    Optional<Consumer> found = repository.findConsumer(username).map(one -> one.consumer());
    if (found.isEmpty()) {
      return AdminResponse.notFound();
    }
    List<Map<String, Object>> list =
        admin
            .limits()
            .snapshot(key -> concerns(key, username), ConsumerRepository.MAX_PAGE, admin.tick())
            .stream()
            .map(UsageResource::shown)
            .toList();
    return AdminResponse.of(200, Map.entry("list", list), Map.entry("total", list.size()));
  }

  private static boolean concerns(CounterKey key, String username) {
    boolean own = key.owner().layer().equals("consumer") && key.owner().name().equals(username);
    return own || (key.namesConsumer() && key.value().equals(username));
  }

  private static Map<String, Object> shown(Snapshot counter) {
    CounterKey key = counter.key();
    RateWindow window = counter.window();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("layer", key.owner().layer());
    shown.put("owner", key.owner().name());
    shown.put("counter", key.plugin());
    if (key.namesConsumer()) {
      shown.put("key", key.value());
    }
    shown.put("window", window.kind().name().toLowerCase(Locale.ROOT));
    shown.put("time_window", window.millis() / 1_000);
    shown.put("limit", window.limit());
    shown.put("remaining", counter.state().remaining());
    shown.put("reset", (counter.state().resetMillis() + 999) / 1_000);
    return shown;
  }
}
