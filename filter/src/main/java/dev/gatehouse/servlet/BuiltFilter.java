package dev.gatehouse.servlet;

import dev.gatehouse.internal.runtime.CodeFilterRuntime;

/** A filter whose Routes were built in code, so that its class tells it from a declared one. */
public final class BuiltFilter extends ConsumerFilter {
  BuiltFilter(CodeFilterRuntime site) {
    super(site);
  }
}
