package dev.gatehouse.cdi;

import dev.gatehouse.checks.SourceContract;
import java.util.Map;

/** The exceptions of this module; they may only shrink. */
class SourceTest extends SourceContract {
  @Override
  protected Map<String, Integer> longMethods() {
    return Map.of("AnnotatedServlets.onStartup", 31);
  }

  @Override
  protected Map<String, Integer> repeatedNames() {
    return Map.of("Place", 2);
  }
}
