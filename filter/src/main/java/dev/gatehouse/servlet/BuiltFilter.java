package dev.gatehouse.servlet;

import dev.gatehouse.internal.runtime.CodeFilterRuntime;

/** A filter that was built in code, distinguished by its class from a declared one. */
public final class BuiltFilter extends ConsumerFilter {
  BuiltFilter(CodeFilterRuntime site) {
    super(site);
  }
}
