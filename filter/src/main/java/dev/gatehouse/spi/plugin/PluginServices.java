package dev.gatehouse.spi.plugin;

import dev.gatehouse.Profile;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.RateLimiter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * The services that a plugin may use while it reads its settings and later.
 *
 * @param profile the profile, which selects defaults
 * @param limits the rate limiter
 * @param clock the wall clock, for dates and tokens
 * @param ticker a monotonic clock, for windows
 * @param cluster the cluster, if one is configured
 * @param conditions the reader of {@code _meta.filter}
 */
public record PluginServices(
    Profile profile,
    RateLimiter limits,
    InstantSource clock,
    InstantSource ticker,
    Optional<Cluster> cluster,
    Condition.Reader conditions) {
  /** Creates services. */
  public PluginServices {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(conditions, "conditions");
  }

  /** Creates services without a cluster. */
  public PluginServices(
      Profile profile, RateLimiter limits, InstantSource clock, InstantSource ticker) {
    this(profile, limits, clock, ticker, Optional.empty(), Condition.Reader.NONE);
  }
}
