package dev.gatehouse.jpa;

import dev.gatehouse.checks.PublicApiContract;

class PublicApiTest extends PublicApiContract {
  PublicApiTest() {
    super("jpa-store", "gatehouse-jpa-store");
  }

  @Override
  protected int internalNames() {
    return 1;
  }
}
