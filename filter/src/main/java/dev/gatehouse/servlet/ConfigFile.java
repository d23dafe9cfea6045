package dev.gatehouse.servlet;

import dev.gatehouse.Mistakes;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the configuration file stands: in the application, or below the root of the file system.
 *
 * @param context the application
 * @param location {@code /WEB-INF/...} or {@code file:///...}
 * @param required whether its absence is a mistake
 */
record ConfigFile(ServletContext context, String location, boolean required) {
  private static final String FILE = "file://";
  private static final int LARGEST = 1 << 23;

  static ConfigFile of(ServletContext context, Optional<String> configured) {
    return new ConfigFile(
        context, configured.orElse(ProductSettings.DEFAULT_CONFIG), configured.isPresent());
  }

  /** Whether an application carries a file at the default place. */
  static boolean isIn(ServletContext context) {
    try {
      return context.getResource(ProductSettings.DEFAULT_CONFIG) != null;
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a fixed path is well formed", e);
    }
  }

  /** The file's content; what is wrong with it goes to the mistakes. */
  GatehouseFile read(Reading reading, Mistakes mistakes) {
    return text(mistakes)
        .map(text -> GatehouseFile.read(location, text, reading, mistakes))
        .orElse(GatehouseFile.EMPTY);
  }

  /** The text as it is now; empty when there is none, which is a mistake if it is required. */
  Optional<String> text(Mistakes mistakes) {
    try {
      Optional<String> text = text();
      if (text.isEmpty() && required) {
        mistakes.add("gatehouse.config", "names a file that is not there: " + location);
      }
      return text;
    } catch (IOException e) {
      mistakes.add(location, StrictText.reason(e));
      return Optional.empty();
    }
  }

  private Optional<String> text() throws IOException {
    if (location.startsWith(FILE)) {
      return Optional.of(StrictText.read(Path.of(location.substring(FILE.length())), LARGEST));
    }
    try (InputStream in = context.getResourceAsStream(location)) {
      return in == null ? Optional.empty() : Optional.of(StrictText.read(in, LARGEST));
    }
  }
}
