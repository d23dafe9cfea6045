package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts with large configuration files, on Tomcat without a connector. */
class LargeFileTest {
  private static final int CONSUMERS = 100_000;
  private static final long MAX_CPU_NANOS = 15_000_000_000L;
  private static final String JSON_ROUTES =
      "{\"routes\":[{\"uris\":[\"/*\"],\"plugins\":{\"key-auth\":{}}}],\"consumers\":[\n";
  private static final String YAML_ROUTES =
      "routes:\n- { uris: [/*], plugins: { key-auth: {} } }\nconsumers:\n";
  private static final String JSON_CONSUMER =
      "{\"username\":\"consumer-%06d\",\"credentials\":[{\"name\":\"main\",\"plugins\":"
          + "{\"key-auth\":{\"key\":\"0123456789abcdef0123456789%06d\"}}}]}%s\n";
  private static final String YAML_CONSUMER =
      """
        - username: consumer-%06d
          credentials:
            - name: main
              plugins: { key-auth: { key: 0123456789abcdefghijklmnop%06d } }
      """;

  @TempDir Path directory;
  private final Tomcat tomcat = new Tomcat();

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml"})
  void start_withAHundredThousandConsumers_readsThemAll(String format) throws Exception {
    Path file = directory.resolve("gatehouse." + format);
    write(file, format.equals("json"));
    Context context = application(file);
    long before = cpuNanos();
    ApplicationRuntime application =
        ApplicationStart.run(context.getServletContext(), new ConfigProblems());
    long cpu = cpuNanos() - before;
    assertEquals("memory(" + CONSUMERS + " consumers)", application.store().toString());
    assertTrue(cpu < MAX_CPU_NANOS, () -> cpu / 1_000_000 + " ms of CPU");
  }

  @Test
  void start_withAFileBeyondTheBound_saysWhatToDo() throws Exception {
    Path file = directory.resolve("gatehouse.yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    Context context = application(file);
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> ApplicationStart.run(context.getServletContext(), new ConfigProblems()));
    assertEquals(
        List.of(
            "file://"
                + file
                + ": has more than 67108864 bytes; store the Consumers in a database"
                + " (gatehouse.store=jpa) instead of this file"),
        refused.problems().stream().map(ConfigProblem::toString).toList());
  }

  private static void write(Path file, boolean json) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(json ? JSON_ROUTES : YAML_ROUTES);
      for (int i = 0; i < CONSUMERS; i++) {
        String end = i == CONSUMERS - 1 ? "]}" : ",";
        out.write(json ? JSON_CONSUMER.formatted(i, i, end) : YAML_CONSUMER.formatted(i, i));
      }
    }
  }

  private Context application(Path file) throws LifecycleException {
    tomcat.setBaseDir(directory.toString());
    tomcat.setSilent(true);
    Context context = tomcat.addContext("", directory.toString());
    context.addParameter("gatehouse.config", "file://" + file);
    tomcat.start();
    return context;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
