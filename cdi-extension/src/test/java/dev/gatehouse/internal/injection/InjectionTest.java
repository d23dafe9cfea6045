package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.request.TestIdentityFilter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionTest {
  private static final String NO_CONSUMER = "refused: No Consumer was identified for this request";
  private static final String NO_REQUEST = "refused: No HTTP request is active on this thread";

  private final Tomcat tomcat = new Tomcat();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  void start(@TempDir Path base) throws Exception {
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", base.toString());
    context.addServletContainerInitializer(new EnhancedListener(), null);
    context.addParameter("gatehouse.routes", "none");
    FilterDef gate = new FilterDef();
    gate.setFilterName("gate");
    gate.setFilterClass(TestIdentityFilter.class.getName());
    gate.setAsyncSupported("true");
    context.addFilterDef(gate);
    FilterMap everything = new FilterMap();
    everything.setFilterName("gate");
    everything.addURLPattern("/*");
    everything.setDispatcher("REQUEST");
    everything.setDispatcher("ASYNC");
    context.addFilterMap(everything);
    Tomcat.addServlet(context, "asking", CallerServlet.class.getName()).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "asking");
    tomcat.start();
  }

  @AfterAll
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void consumer_inServlet_isTheCaller() throws Exception {
    assertEquals("alice", ask("/servlet", "alice"));
  }

  @Test
  void consumer_inApplicationScopedBean_followsEachRequest() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertEquals("alice/gold/key-of-alice", ask("/ledger", "alice"));
      assertEquals("bob/gold/key-of-bob", ask("/ledger", "bob"));
      assertTrue(ask("/ledger", "").startsWith(NO_CONSUMER));
    }
  }

  @Test
  void consumer_underConcurrentRequests_isNeverAnotherOne() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        String name = "caller-" + i % 20;
        answers.add(callers.submit(() -> name + '=' + ask("/ledger", name)));
      }
      for (int i = 0; i < answers.size(); i++) {
        String name = "caller-" + i % 20;
        assertEquals(name + '=' + name + "/gold/key-of-" + name, answers.get(i).get());
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void consumer_inSessionScopedBean_isDeployedAndFollowsTheRequest() throws Exception {
    assertEquals("alice", ask("/session", "alice"));
    assertEquals("bob", ask("/session", "bob"));
  }

  @Test
  void consumer_withoutIdentity_throwsWithAdvice() throws Exception {
    String refusal = ask("/servlet", "");
    assertTrue(refusal.startsWith(NO_CONSUMER), refusal);
    assertTrue(refusal.contains("inject dev.gatehouse.cdi.Caller"), refusal);
  }

  @Test
  void credential_ofAnAnonymousConsumer_throwsWithAdvice() throws Exception {
    String refusal = ask("/ledger", "guest");
    assertTrue(refusal.startsWith("refused: No Credential was proved for this request"), refusal);
    assertTrue(refusal.contains("inject dev.gatehouse.cdi.Caller"), refusal);
  }

  @Test
  void caller_distinguishesIdentifiedAnonymousAndUnknown() throws Exception {
    assertEquals("alice/key-of-alice", ask("/optional", "alice"));
    assertEquals("guest/none", ask("/optional", "guest"));
    assertEquals("stranger/none", ask("/optional", ""));
  }

  @Test
  void instanceOfConsumer_isAlwaysResolvableAndThrowsOnlyWhenAsked() throws Exception {
    assertEquals("true/alice", ask("/instance", "alice"));
    assertTrue(ask("/instance", "").startsWith(NO_CONSUMER));
  }

  @Test
  void principal_ofTheApplication_staysUnambiguous() throws Exception {
    assertEquals("the application's own", ask("/principal", "alice"));
  }

  @Test
  void consumer_printsItselfAsTheCaller() throws Exception {
    assertEquals("Consumer(alice)", ask("/text", "alice"));
  }

  @Test
  void claims_ofTheToken_followEachRequest() throws Exception {
    for (String subject : List.of("s-1", "s-2")) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/claims")).header("X-Test-Subject", subject).build();
      assertEquals(
          subject + "/{sub=" + subject + "}/TokenClaims",
          client.send(request, BodyHandlers.ofString()).body());
    }
  }

  @Test
  void claims_withoutAToken_throwWithAdvice() throws Exception {
    String refusal = ask("/claims", "alice");
    assertTrue(refusal.startsWith("refused: This request has no claims"), refusal);
    assertTrue(refusal.contains("store_in_ctx"), refusal);
  }

  @Test
  void consumer_onAnotherThread_throwsWithAdvice() throws Exception {
    String refusal = ask("/thread", "alice");
    assertTrue(refusal.startsWith(NO_REQUEST), refusal);
    assertTrue(refusal.contains("Consumers.of(request)"), refusal);
  }

  @Test
  void consumer_onAsyncDispatch_isTheCallerOrThrows_andTheRequestAlwaysHasIt() throws Exception {
    for (int i = 0; i < 50; i++) {
      String caller = i % 2 == 0 ? "alice" : "bob";
      String answer = ask("/async", caller);
      assertTrue(answer.startsWith(NO_REQUEST) || answer.startsWith(caller + " | "), answer);
      assertTrue(answer.endsWith(" | Optional[" + caller + "]"), answer);
    }
  }

  private String ask(String path, String caller) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (!caller.isEmpty()) {
      request.header("X-Test-Caller", caller);
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
  }
}
