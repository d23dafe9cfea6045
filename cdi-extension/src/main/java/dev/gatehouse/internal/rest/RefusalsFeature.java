package dev.gatehouse.internal.rest;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/** Registers {@link Refusals} in every REST application (Jakarta REST 3.1, section 4.1.2). */
public final class RefusalsFeature implements Feature {
  /** For the REST implementation. */
  public RefusalsFeature() {}

  @Override
  public boolean configure(FeatureContext context) {
    if (!context.getConfiguration().isRegistered(Refusals.class)) {
      context.register(Refusals.class);
    }
    return true;
  }
}
