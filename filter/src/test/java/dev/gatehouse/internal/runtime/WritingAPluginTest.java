package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.GatehouseInitializer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the examples of docs/writing-a-plugin.md. */
class WritingAPluginTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Path PAGE = Path.of("..", "docs", "writing-a-plugin.md");
  @TempDir private Path documents = Path.of("");

  @Test
  void page_compilesAndRuns() throws Exception {
    compile();
    write("META-INF/services/dev.gatehouse.spi.plugin.ConsumerInterceptor", block("text"));
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"),
        block("yaml"));
    try (URLClassLoader loader =
            new URLClassLoader(new URL[] {classes().toUri().toURL()}, getClass().getClassLoader());
        TomcatServer server = start(loader)) {
      HttpResponse<String> day = server.get("/orders/1", "apikey", "day-key");
      assertTrue(day.body().contains("consumer: day"), day.body());
      HttpResponse<String> never = server.get("/orders/1", "apikey", "never-key");
      assertEquals(403, never.statusCode());
      assertEquals("{\"message\":\"Not at this hour\"}\n", never.body());
    }
  }

  @Test
  void problemsInItsSettings_areReportedLikeThoseOfBuiltInPlugins() throws Exception {
    compile();
    write("META-INF/services/dev.gatehouse.spi.plugin.ConsumerInterceptor", block("text"));
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"),
        block("yaml").replace("zone: Europe/Berlin", "zone: Berlin, zoen: x"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes().toUri().toURL()}, getClass().getClassLoader())) {
      assertThrows(IllegalStateException.class, () -> start(loader));
    }
  }

  private Path classes() {
    return documents.resolve("classes");
  }

  private void compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path source = documents.resolve("OfficeHours.java");
    Files.writeString(source, block("java"));
    Files.createDirectories(classes());
    int result =
        compiler.run(
            null,
            null,
            null,
            "-Xlint:all",
            "-Werror",
            "-proc:none",
            "--release",
            "17",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes().toString(),
            source.toString());
    assertEquals(0, result, "the class compiles without a warning");
  }

  private void write(String name, String text) throws IOException {
    Path file = classes().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String block(String language) throws IOException {
    List<String> found =
        BLOCK
            .matcher(Files.readString(PAGE))
            .results()
            .filter(one -> one.group(1).equals(language))
            .map((MatchResult one) -> one.group(2))
            .toList();
    assertEquals(1, found.size(), "one block of " + language);
    assertFalse(found.get(0).isBlank());
    return found.get(0);
  }

  private TomcatServer start(ClassLoader loader) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.setParentClassLoader(loader);
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          TestApplications.servlet(context, new ProbeServlet(), "/*");
        });
  }
}
