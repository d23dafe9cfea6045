package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is generated from the OpenAPI document: it compiles, and its calls work. */
final class AdminClientTest {
  private static final Path GENERATED = Path.of("target/generated-client/src/main/java");
  private static final Path CALLS = Path.of("src/test/resources/client/ClientCalls.java");

  @Test
  void generatedClient_compilesAndManagesAConsumer(@TempDir Path documents, @TempDir Path classes)
      throws Exception {
    compile(classes);
    try (AdminServer server = AdminServer.start(documents, Databases.h2());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, AdminClientTest.class.getClassLoader())) {
      Object key =
          loader
              .loadClass("client.ClientCalls")
              .getMethod("run", int.class, String.class)
              .invoke(null, server.port(), AdminServer.ADMIN);
      assertTrue(server.opens(String.valueOf(key)), "the rotated key is in force");
    }
  }

  private static void compile(Path classes) throws IOException {
    List<Path> sources = new ArrayList<>(List.of(CALLS));
    try (Stream<Path> generated = Files.walk(GENERATED)) {
      generated.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-proc:none",
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertEquals(true, compiled, said.toString());
    }
  }
}
