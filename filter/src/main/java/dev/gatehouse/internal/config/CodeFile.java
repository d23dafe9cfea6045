package dev.gatehouse.internal.config;

import dev.gatehouse.settings.ConfigProblems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** A configuration file that code names, on the class path or in the file system. */
public final class CodeFile {
  private static final String CLASSPATH = "classpath:";
  private static final String FILE = "file://";

  private CodeFile() {}

  /** Returns the tree of a file; empty if there is a problem. */
  public static Map<String, Object> read(String place, ConfigProblems mistakes) {
    try {
      if (place.startsWith(CLASSPATH)) {
        return tree(place, resource(place.substring(CLASSPATH.length())), mistakes);
      }
      if (place.startsWith(FILE + "/")) {
        Path path = Path.of(place.substring(FILE.length()));
        return tree(place, Utf8Files.read(path, Utf8Files.CONFIG_BYTES), mistakes);
      }
      mistakes.add("configuration", "must be classpath:name or file:///absolute/path");
    } catch (IOException e) {
      mistakes.add(place, Utf8Files.reason(e));
    } catch (InvalidPathException e) {
      mistakes.add(place, "is no path");
    }
    return Map.of();
  }

  private static Map<String, Object> tree(String place, String text, ConfigProblems mistakes) {
    return ConfigText.file(place, text, mistakes).orElse(Map.of());
  }

  private static String resource(String name) throws IOException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? CodeFile.class.getClassLoader() : context;
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return Utf8Files.read(in, Utf8Files.CONFIG_BYTES);
    }
  }
}
