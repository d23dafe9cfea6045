package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.ChangeHints;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The provider of {@code gatehouse.limits.backend=redis}.
 *
 * <p>{@code gatehouse.limits.redis.uri} is a Redis URI: {@code redis://}, {@code rediss://} for
 * TLS, or {@code redis-sentinel://host,host#master}. Several URIs, separated by blanks, are nodes
 * of a Redis cluster.
 */
public final class RedisProvider implements SharedSlotsProvider {
  private static final String URI = "gatehouse.limits.redis.uri";

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Timeout of a command. Requests wait less. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Set<String> settings() {
    return Set.of(URI);
  }

  @Override
  public Optional<SharedSlots> open(PropertyLookup lookup, ConfigProblems mistakes) {
    return opened(lookup, mistakes, RedisProvider::opened);
  }

  /** Returns hints over the same server, or over the first node of a cluster. */
  public Optional<ChangeHints> hints(
      String namespace, PropertyLookup lookup, ConfigProblems mistakes) {
    return opened(
        lookup,
        mistakes,
        text ->
            RedisHints.at(
                RedisURI.create(BLANKS.splitAsStream(text).findFirst().orElseThrow()), namespace));
  }

  private static <T> Optional<T> opened(
      PropertyLookup lookup, ConfigProblems mistakes, Function<String, T> opening) {
    String text = lookup.get(URI).map(String::strip).orElse("");
    if (text.isEmpty()) {
      mistakes.add(URI, ConfigProblem.Code.REQUIRED, "is required, as in redis://localhost:6379");
      return Optional.empty();
    }
    try {
      return Optional.of(opening.apply(text));
    } catch (NoClassDefFoundError absent) {
      mistakes.add(
          "gatehouse.limits.backend", "redis needs io.lettuce:lettuce-core in the application");
    } catch (IllegalArgumentException e) {
      // The URI may contain a password, and the message may contain the URI.
      mistakes.add(
          URI, "must be a redis, rediss or redis-sentinel URI, or several of a cluster's nodes");
    }
    return Optional.empty();
  }

  private static SharedSlots opened(String text) {
    List<RedisURI> servers = new ArrayList<>();
    for (String one : BLANKS.splitAsStream(text).toList()) {
      servers.add(RedisURI.create(one));
    }
    return servers.size() == 1
        ? RedisSlots.at(servers.get(0), TIMEOUT)
        : RedisSlots.cluster(servers, TIMEOUT);
  }
}
