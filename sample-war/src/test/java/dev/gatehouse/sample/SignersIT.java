package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Signs as draft-cavage and RFC 9421 say, with signers that others wrote; needs node and npm. */
@ArquillianTest
class SignersIT {
  private static final String SERVED = "200 {\"consumer\":\"acme\",\"by\":\"hmac-auth\"}";
  private static final String SECRET = "acme-demo-hmac-secret-w3Lx";

  @ArquillianResource URI base = URI.create("http://127.0.0.1");

  @Deployment(testable = false)
  static WebArchive sample() {
    return SampleWar.named("signers").archive();
  }

  @Test
  void requestsOfIndependentSigners_areServed_andOnlyUnderTheRightSecret() throws Exception {
    Path directory = SampleWar.freshDirectory("signers");
    Files.copy(Path.of("src", "test", "js", "signers.js"), directory.resolve("signers.js"));
    run(
        directory,
        List.of(
            "npm",
            "install",
            "--silent",
            "--no-package-lock",
            "--prefix",
            ".",
            "http-message-signatures@1.0.6",
            "http-signature@1.4.0"));
    String there = base.toString().replaceAll("/$", "");

    List<String> answers =
        run(directory, List.of("node", "signers.js", there, "acme", SECRET)).lines().toList();
    assertEquals(List.of(SERVED, SERVED, SERVED, SERVED), answers);

    String refused = run(directory, List.of("node", "signers.js", there, "acme", SECRET + "x"));
    assertEquals(4, refused.lines().filter(line -> line.startsWith("401 ")).count(), refused);
    assertFalse(refused.contains("\"consumer\""), refused);
    assertTrue(refused.contains("client request can't be validated"), refused);
  }

  private static String run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command + "\n" + answer);
    return answer;
  }
}
