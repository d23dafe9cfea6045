package dev.gatehouse.cdi;

import dev.gatehouse.checks.PublicApiContract;

class PublicApiTest extends PublicApiContract {
  PublicApiTest() {
    super("cdi-extension", "gatehouse-cdi-extension");
  }
}
