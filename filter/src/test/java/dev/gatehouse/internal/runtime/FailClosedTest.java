package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever breaks inside ends in 5xx without running the servlet. */
class FailClosedTest {
  private static final Consumer ACME = Consumer.named("acme").build();

  private volatile @Nullable RuntimeException storeBroken;
  private volatile @Nullable RuntimeException interceptorBroken;
  private volatile boolean listenerBroken;

  @Test
  void anyFailure_isAnsweredWith5xx_andRecovers(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .store(new FragileStore())
            .interceptor(new Fragile())
            .listener(
                new GateListener() {
                  @Override
                  public void admitted(
                      String route, @Nullable Consumer consumer, @Nullable Credential proved) {
                    if (listenerBroken) {
                      throw new IllegalStateException("a listener");
                    }
                  }
                })
            .route(r -> r.uri("/*").plugin("key-auth", "{}").plugin("fragile", "{}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      assertEquals(200, get(server).statusCode(), "positive control");
      storeBroken = new StoreException("away", new IllegalStateException("s3cr3t-url"));
      assertFailed(503, get(server));
      assertFailed(503, server.get("/x", "apikey", "unknown"));
      storeBroken = new IllegalArgumentException("s3cr3t-odd");
      assertFailed(503, get(server));
      storeBroken = null;
      interceptorBroken = new IllegalStateException("s3cr3t-bug");
      assertFailed(500, get(server));
      interceptorBroken = null;
      listenerBroken = true;
      assertEquals(200, get(server).statusCode(), "a listener changes no decision");
    }
  }

  private static HttpResponse<String> get(TomcatServer server) {
    return server.get("/x", "apikey", "good");
  }

  private static void assertFailed(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
    assertFalse(answer.body().contains("s3cr3t"), answer.body());
    assertTrue(answer.headers().firstValue("WWW-Authenticate").isEmpty());
    assertEquals(status == 503, answer.headers().firstValue("Retry-After").isPresent());
  }

  private final class FragileStore implements ConsumerStore {
    @Override
    public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
      RuntimeException broken = storeBroken;
      if (broken != null) {
        throw broken;
      }
      Credential one = Credential.of("one", plugin).build();
      boolean known = lookup.equals(dev.gatehouse.internal.store.LookupDigest.plain().of("good"));
      return known ? new StoredCredential(one, ACME, PluginSettings.EMPTY) : null;
    }

    @Override
    public @Nullable Consumer consumer(String username) {
      return null;
    }
  }

  private final class Fragile implements ConsumerInterceptor<Boolean> {
    @Override
    public String name() {
      return "fragile";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public Boolean configure(SettingsReader settings, PluginServices parts) {
      return true;
    }

    @Override
    public Decision check(Boolean config, InterceptedRequest call) {
      RuntimeException broken = interceptorBroken;
      if (broken != null) {
        throw broken;
      }
      return Decision.ALLOW;
    }
  }
}
