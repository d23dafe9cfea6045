package dev.gatehouse;

import dev.gatehouse.checks.PublicApiContract;

class PublicApiTest extends PublicApiContract {
  PublicApiTest() {
    super("filter", "gatehouse-filter");
  }

  @Override
  protected int internalNames() {
    return 0;
  }
}
