package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Tomcat without a connector: no port is opened. */
final class ConfigSourcesTest {
  private static final String TEXT = "routes: [] # é\n";

  private final ConfigProblems mistakes = new ConfigProblems();
  private final Tomcat tomcat = new Tomcat();
  private Path directory = Path.of("");
  private Path application = Path.of("");

  @BeforeEach
  void makeApplication(@TempDir Path fresh) throws IOException {
    directory = fresh;
    application = Files.createDirectories(directory.resolve("app"));
    Files.createDirectories(application.resolve("WEB-INF"));
    tomcat.setBaseDir(directory.toString());
    tomcat.setSilent(true);
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void find_whenTheDefaultFileIsThere_readsIt() throws Exception {
    Path yaml = Files.writeString(application.resolve("WEB-INF/gatehouse.yaml"), TEXT);
    Files.setLastModifiedTime(yaml, FileTime.fromMillis(1_700_000_000_000L));
    ConfigSource source = find(start(application), Optional.empty()).orElseThrow();
    assertEquals("/WEB-INF/gatehouse.yaml", source.name());
    assertEquals(TEXT, source.text());
    assertEquals(1_700_000_000_000L, source.lastModified());
    Files.write(yaml, new byte[] {'a', (byte) 0xff});
    IOException refused = assertThrows(IOException.class, source::text);
    assertEquals("is not UTF-8", Utf8Files.reason(refused));
  }

  @Test
  void find_whenTheDefaultFileIsNotThere_isEmpty() throws Exception {
    assertTrue(find(start(application), Optional.empty()).isEmpty());
    assertEquals(List.of(), found());
  }

  @Test
  void find_whenANamedFileIsNotThere_isAProblem() throws Exception {
    ServletContext context = start(application);
    find(context, Optional.of("/WEB-INF/other.yaml"));
    find(context, Optional.of("file:///none/gatehouse.yaml"));
    find(context, Optional.of("gatehouse.yaml"));
    assertEquals(
        List.of(
            "gatehouse.config: names /WEB-INF/other.yaml, which is not there",
            "gatehouse.config: names file:///none/gatehouse.yaml, which is not there",
            "gatehouse.config: must be a path in the application or file:///absolute/path"),
        found());
  }

  @Test
  void find_whenAFileOnTheDiskIsNamed_readsIt() throws Exception {
    Path yaml = Files.writeString(directory.resolve("outside.yaml"), TEXT);
    ConfigSource source = find(start(application), Optional.of("file://" + yaml)).orElseThrow();
    assertEquals(TEXT, source.text());
  }

  @Test
  void find_whenTheApplicationIsNotUnpacked_readsFromTheArchive() throws Exception {
    Path war = directory.resolve("app.war");
    URI uri = URI.create("jar:" + war.toUri());
    try (FileSystem zip = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
      Files.createDirectories(zip.getPath("/WEB-INF"));
      Files.writeString(zip.getPath("/WEB-INF/gatehouse.yaml"), TEXT);
    }
    ConfigSource source = find(start(war), Optional.empty()).orElseThrow();
    assertEquals(TEXT, source.text());
    assertEquals(0, source.lastModified());
  }

  private ServletContext start(Path docBase) throws LifecycleException {
    Context context = tomcat.addContext("", docBase.toString());
    tomcat.start();
    return context.getServletContext();
  }

  private Optional<ConfigSource> find(ServletContext context, Optional<String> config) {
    return ConfigSources.find(context, config, mistakes);
  }

  private List<String> found() {
    return mistakes.found().stream().map(ConfigProblem::toString).toList();
  }
}
