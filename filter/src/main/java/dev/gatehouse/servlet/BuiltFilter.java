package dev.gatehouse.servlet;

/** A filter whose Routes were built in code, so that its class tells it from a declared one. */
final class BuiltFilter extends ConsumerFilter {
  BuiltFilter(CodeSite site) {
    super(site);
  }
}
