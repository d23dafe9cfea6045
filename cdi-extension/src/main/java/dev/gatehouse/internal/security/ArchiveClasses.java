package dev.gatehouse.internal.security;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Searches the class files in {@code WEB-INF/classes} and {@code WEB-INF/lib} of an application.
 *
 * <p>Not thread-safe.
 */
final class ArchiveClasses {
  private static final String CLASS = ".class";
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String LIBRARIES = "/WEB-INF/lib/";
  private static final String OWN = ArchiveClasses.class.getPackageName().replace('.', '/') + '/';

  private final ServletContext application;
  private boolean oursSeen;

  ArchiveClasses(ServletContext application) {
    this.application = application;
  }

  /**
   * Returns the first demand of a class for the container's caller, or empty if there is none.
   *
   * @throws IOException if a class cannot be read
   */
  Optional<String> demand() throws IOException {
    Optional<String> found = inDirectory(CLASSES);
    for (String path : below(LIBRARIES)) {
      if (found.isEmpty() && path.endsWith(".jar")) {
        found = inJar(path);
      }
    }
    return found;
  }

  /** Returns whether the classes of this package were among those searched. */
  boolean oursSeen() {
    return oursSeen;
  }

  private Optional<String> inDirectory(String directory) throws IOException {
    for (String path : below(directory)) {
      Optional<String> found = Optional.empty();
      if (path.endsWith("/")) {
        found = inDirectory(path);
      } else if (path.endsWith(CLASS)) {
        try (InputStream in = stream(path)) {
          found = in(path.substring(CLASSES.length()), in);
        }
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> inJar(String path) throws IOException {
    try (ZipInputStream jar = new ZipInputStream(stream(path))) {
      Optional<String> found = Optional.empty();
      for (ZipEntry each = jar.getNextEntry();
          each != null && found.isEmpty();
          each = jar.getNextEntry()) {
        found = each.getName().endsWith(CLASS) ? in(each.getName(), jar) : Optional.empty();
      }
      return found;
    }
  }

  private Optional<String> in(String file, InputStream bytes) throws IOException {
    if (file.startsWith(OWN)) {
      oursSeen = true;
      return Optional.empty();
    }
    String type = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
    return ClassText.of(bytes.readAllBytes()).demand().map(what -> what + " in " + type);
  }

  private InputStream stream(String path) throws IOException {
    InputStream in = application.getResourceAsStream(path);
    if (in == null) {
      throw new IOException(path + " does not exist");
    }
    return in;
  }

  private Set<String> below(String directory) {
    Set<String> paths = application.getResourcePaths(directory);
    return paths == null ? Set.of() : new TreeSet<>(paths);
  }
}
