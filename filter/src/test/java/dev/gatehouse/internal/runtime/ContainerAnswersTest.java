package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Wrapper;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container answers by itself under a protected path. */
class ContainerAnswersTest {
  private static final String[] KEY = {"apikey", "right-key-0815"};
  private TomcatServer server;

  @BeforeEach
  void start(@TempDir Path documents) throws IOException {
    for (String directory : new String[] {"vault/welcome", "vault/list", "open"}) {
      Files.createDirectories(documents.resolve(directory));
    }
    Files.writeString(documents.resolve("vault/welcome/index.html"), "WELCOME");
    Files.writeString(documents.resolve("open/index.html"), "WELCOME");
    Files.writeString(documents.resolve("vault/list/LISTED.txt"), "FILE");
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/vault/*")
                        .uri("/open/index.html")
                        .plugin("key-auth", "{\"hide_credentials\": true}"))
            .consumer("acme", c -> c.credential("one", "key-auth", "{\"key\": \"right-key-0815\"}"))
            .build();
    server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gate", filter, "/*");
              Wrapper files = Tomcat.addServlet(context, "default", new DefaultServlet());
              files.addInitParameter("listings", "true");
              context.addServletMappingDecoded("/", "default");
              context.addWelcomeFile("index.html");
              TestApplications.servlet(context, new ProbeServlet(), "/vault/probe");
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/vault/welcome/, WELCOME",
    "/vault/welcome/index.html, WELCOME",
    "/open/, WELCOME",
    "/vault/list/, LISTED",
    "/vault/list/LISTED.txt, FILE"
  })
  void welcomeFileListingAndFile_needAKey(String path, String content) {
    HttpResponse<String> refused = server.get(path);
    assertEquals(401, refused.statusCode());
    assertFalse(refused.body().contains(content), refused.body());
    assertTrue(server.get(path, KEY).body().contains(content));
  }

  @ParameterizedTest
  @CsvSource({"/vault", "/vault/list", "/vault/missing"})
  void redirectAndMissingFile_withoutKey_areNotRevealed(String path) {
    assertEquals(401, server.get(path).statusCode());
  }

  @Test
  void trace_echoesNoHiddenKey() {
    HttpRequest.Builder trace =
        HttpRequest.newBuilder().method("TRACE", HttpRequest.BodyPublishers.noBody());
    assertEquals(401, server.send(trace, "/vault/list/LISTED.txt").statusCode());
    HttpResponse<String> echoed = server.send(trace, "/vault/list/LISTED.txt", KEY);
    assertFalse(echoed.body().contains(KEY[1]), echoed.body());
  }
}
