package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.request.TestCaller;
import dev.gatehouse.servlet.Consumers;
import dev.gatehouse.testing.TestConsumer;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The example of docs/testing.md: beans of the sample, asked as some Consumer. */
@ArquillianTest
@TestConsumer(value = "acme", labels = "tier:gold")
class TestConsumerIT {
  @Inject Consumer consumer;
  @Inject Credential credential;
  @Inject HttpServletRequest request;

  @Deployment
  static WebArchive sample() {
    return SampleWar.named("test-consumer")
        .archive()
        .addPackage(TestConsumer.class.getPackage())
        .addClass(TestCaller.class);
  }

  @Test
  void caller_isTheOneOfTheClass() {
    assertEquals("acme", consumer.username());
    assertEquals("gold", consumer.labels().get("tier"));
    assertEquals("key-auth", credential.plugin());
    assertEquals("acme", Consumers.of(request).orElseThrow().username());
  }

  @Test
  @TestConsumer(value = "guest", plugin = "")
  void caller_isTheOneOfTheMethod() {
    assertEquals("guest", consumer.username());
    assertThrows(IllegalStateException.class, () -> credential.name());
  }
}
