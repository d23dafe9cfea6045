package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.startup.Tomcat;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Does what docs/quick-start.md says, from its very text, and expects what it promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuickStartIT {
  private static final String SERVED = "orders of ";
  private static final String ACME = System.getenv("ACME_KEY");
  private static final String GLOBEX = System.getenv("GLOBEX_KEY");

  private final Tomcat tomcat = new Tomcat();
  private String page = "";
  private Client client = new Client(URI.create("http://127.0.0.1"));

  @BeforeAll
  void deploy() throws Exception {
    page = Files.readString(Path.of("..", "docs", "quick-start.md"));
    Path directory = SampleWar.freshDirectory("quick-start");
    ShrinkWrap.create(WebArchive.class, "app.war")
        .addClass(ExistingServlet.class)
        .addAsLibraries(dependency())
        .addAsWebInfResource(new StringAsset(only("yaml")), "gatehouse.yaml")
        .as(ExplodedExporter.class)
        .exportExploded(directory.toFile());
    tomcat.setBaseDir(SampleWar.freshDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.addWebapp("", directory.resolve("app.war").toString());
    tomcat.start();
    client = new Client(URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort()));
  }

  @AfterAll
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void page_needsAtMostEightLinesOneDependencyAndNoClass() {
    assertTrue(only("yaml").lines().filter(line -> !line.isBlank()).count() <= 8);
    assertTrue(only("yaml").lines().allMatch(line -> line.length() <= 140), "lines are readable");
    assertEquals(1, only("xml").split("<dependency>", -1).length - 1);
    assertEquals(List.of(), blocks("java"));
  }

  @Test
  void withoutKey_is401() throws Exception {
    HttpResponse<String> refused = client.get("/orders/");
    assertEquals(401, refused.statusCode());
    assertPromised(refused.body());
  }

  @Test
  void goldConsumer_is200AndThe101stCallIs429() throws Exception {
    for (int i = 0; i < 100; i++) {
      HttpResponse<String> answer = client.get("/orders/", "apikey", ACME);
      assertEquals(200, answer.statusCode());
      assertEquals(SERVED + "acme", answer.body());
    }
    HttpResponse<String> refused = client.get("/orders/", "apikey", ACME);
    assertEquals(429, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    assertFalse(refused.body().contains(SERVED));
  }

  @Test
  void silverConsumer_is403() throws Exception {
    HttpResponse<String> refused = client.get("/orders/", "apikey", GLOBEX);
    assertEquals(403, refused.statusCode());
    assertPromised(refused.body());
  }

  private void assertPromised(String body) {
    assertFalse(body.contains(SERVED), body);
    assertTrue(page.contains('`' + body.strip() + '`'), body);
  }

  private File[] dependency() {
    String xml = only("xml");
    String artifact = element(xml, "groupId") + ':' + element(xml, "artifactId");
    return Maven.configureResolver()
        .workOffline()
        .loadPomFromFile("pom.xml")
        .resolve(artifact)
        .withTransitivity()
        .asFile();
  }

  private static String element(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
    assertTrue(found.find(), name);
    return found.group(1);
  }

  private String only(String language) {
    List<String> found = blocks(language);
    assertEquals(1, found.size(), language);
    return found.get(0);
  }

  private List<String> blocks(String language) {
    return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
        .matcher(page)
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
