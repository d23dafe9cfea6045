package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Manages the sample's Consumers over HTTP, on the server that it runs on. */
@ArquillianTest
class AdminIT {
  private static final String ADMIN = "demo-admin-key-Vn3k8Tq1";
  private static final String JACK = "/admin/consumers/jack";
  private static final Pattern KEY = Pattern.compile("\"generated\":\\{\"key\":\"(gh_\\w+)\"}");

  @ArquillianResource URI base = URI.create("http://127.0.0.1");

  @Deployment(testable = false)
  static WebArchive sample() {
    return SampleWar.named("admin")
        .plus(EventLogServlet.class, EventLogServlet.Heard.class)
        .archive();
  }

  private HttpResponse<String> admin(String method, String path, String json) throws IOException {
    return new Client(base).send(method, path, json, "X-API-KEY", ADMIN);
  }

  private HttpResponse<String> whoami(String key) throws IOException {
    return new Client(base).get("/api/whoami", "apikey", key);
  }

  @Test
  void consumer_isMadeCallsIsRotatedAndRemoved() throws Exception {
    assertEquals(401, new Client(base).send("PUT", JACK, "{}").statusCode());
    assertEquals(401, new Client(base).get("/admin/consumers").statusCode());

    String jack = "{\"username\":\"jack\",\"labels\":{\"tier\":\"gold\"}}";
    HttpResponse<String> made = admin("PUT", JACK, jack);
    assertEquals(201, made.statusCode(), made::body);
    String ask = "{\"id\":\"k1\",\"name\":\"main\",\"plugins\":{\"key-auth\":{}}}";
    String key = key(admin("POST", JACK + "/credentials", ask));
    assertTrue(whoami(key).body().contains("\"consumer\":\"jack\""), "at once");

    String next = key(admin("POST", JACK + "/credentials/k1/rotate", "{\"overlap\":600}"));
    assertEquals(200, whoami(key).statusCode());
    assertEquals(200, whoami(next).statusCode());
    assertEquals(200, admin("DELETE", JACK + "/credentials/k1", "").statusCode());
    assertEquals(401, whoami(key).statusCode());
    HttpResponse<String> shown = admin("GET", JACK + "/credentials", "");
    assertFalse(shown.body().contains(next), shown::body);
    assertEquals(200, admin("DELETE", JACK, "").statusCode());
    HttpResponse<String> gone = whoami(next);
    assertEquals(401, gone.statusCode());
    assertFalse(gone.body().contains("jack"), gone::body);
    assertEquals(200, whoami("acme-demo-key-7Qd2").statusCode(), "positive control");
  }

  @Test
  void eventsOfTheGateAndOfTheAdminApi_reachObserversOfTheApplication() throws Exception {
    assertEquals(401, whoami("a-guess").statusCode());
    assertEquals(404, admin("DELETE", "/admin/consumers/nobody", "").statusCode());
    String heard = new Client(base).get("/open/heard").body();
    assertTrue(heard.contains("401 by key-auth on api"), heard);
    assertTrue(heard.contains("demo DELETE /consumers/nobody"), heard);
    assertTrue(admin("GET", "/admin/audit", "").body().contains("\"/consumers/nobody\""), heard);
  }

  private static String key(HttpResponse<String> answer) {
    assertEquals(201, answer.statusCode(), answer::body);
    Matcher key = KEY.matcher(answer.body());
    assertTrue(key.find(), answer::body);
    return key.group(1);
  }
}
