package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.cdi.Caller;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Runs inside the sample, in a request that no route of Gatehouse covers. */
@ArquillianTest
class InContainerIT {
  @Inject Consumer consumer;
  @Inject Credential credential;
  @Inject Caller caller;
  @Inject Instance<Consumer> lookup;
  @Inject Instance<Principal> principal;
  @Inject HttpServletRequest request;
  @Inject Orders orders;

  @Deployment
  static WebArchive sample() {
    return SampleWar.named("in-container").archive();
  }

  @Test
  void consumer_outsideOfGatehouse_throwsWithAdvice() {
    assertNotNull(request.getMethod());
    String said =
        String.valueOf(
            assertThrows(IllegalStateException.class, () -> consumer.username()).getMessage());
    assertTrue(said.startsWith("No Consumer was identified for this request"), said);
    assertTrue(said.contains("dev.gatehouse.cdi.Caller"), said);
  }

  @Test
  void credential_outsideOfGatehouse_throws() {
    assertThrows(IllegalStateException.class, () -> credential.name());
  }

  @Test
  void caller_outsideOfGatehouse_isEmpty() {
    assertEquals(Optional.empty(), caller.consumer());
    assertEquals(Optional.empty(), caller.credential());
  }

  @Test
  void instanceOfConsumer_isResolvableAndThrowsOnlyWhenAsked() {
    assertTrue(lookup.isResolvable());
    assertThrows(IllegalStateException.class, () -> lookup.get().username());
  }

  @Test
  void principal_ofTheApplication_staysUnambiguous() {
    assertTrue(principal.isResolvable());
  }

  @Test
  void ordersOfAnApplicationScopedBean_areReadable() {
    assertEquals(0, orders.newestOf("nobody").size());
  }
}
