package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every application should test: without a credential its protected paths are closed. */
@ArquillianTest
class ClosedPathsIT {
  @ArquillianResource URI base = URI.create("http://127.0.0.1");

  @Deployment(testable = false)
  static WebArchive sample() {
    return SampleWar.named("closed-paths").archive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/orders", "/api/whoami", "/reports/daily", "/ways/basic"})
  void pathOfARoute_isClosedWithoutACredential(String path) throws Exception {
    assertEquals(401, new Client(base).get(path).statusCode());
  }
}
