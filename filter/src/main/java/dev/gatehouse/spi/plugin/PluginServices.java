package dev.gatehouse.spi.plugin;

import dev.gatehouse.Profile;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.RateLimiter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * What a plugin may use while it reads its settings and later.
 *
 * @param profile which defaults hold
 * @param limits counts requests
 * @param clock the wall clock, for dates and tokens
 * @param ticker a clock whose milliseconds never go back, for windows
 * @param cluster the nodes that count together, if there is an engine for it
 * @param conditions reads the conditions of {@code _meta.filter}
 */
public record PluginServices(
    Profile profile,
    RateLimiter limits,
    InstantSource clock,
    InstantSource ticker,
    Optional<Cluster> cluster,
    Condition.Reader conditions) {
  /** All parts are required. */
  public PluginServices {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(conditions, "conditions");
  }

  /** The parts of a node by itself. */
  public PluginServices(
      Profile profile, RateLimiter limits, InstantSource clock, InstantSource ticker) {
    this(profile, limits, clock, ticker, Optional.empty(), Condition.Reader.NONE);
  }
}
