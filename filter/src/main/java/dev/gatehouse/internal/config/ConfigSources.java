package dev.gatehouse.internal.config;

import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the file of {@code gatehouse.config}, in the application or in the file system. */
public final class ConfigSources {
  /** The property with the file's name. */
  public static final String SETTING = "gatehouse.config";

  private static final Pattern MISPLACED = Pattern.compile("(?i).*/\\.?gatehouse\\.(ya?ml|json)");
  private static final List<String> WRONG_PLACES =
      List.of(
          "/",
          "/META-INF/",
          "/WEB-INF/",
          "/WEB-INF/config/",
          "/WEB-INF/classes/",
          "/WEB-INF/classes/META-INF/");
  private static final String FILE = "file://";

  private ConfigSources() {}

  /**
   * Returns the configuration file of an application.
   *
   * @param config the property; if empty, the default file is used if it exists
   * @return the file, or empty if there is none; a missing file is a problem only if it was named
   */
  public static Optional<ConfigSource> find(
      ServletContext context, Optional<String> config, ConfigProblems mistakes) {
    String place = config.orElse(GatehouseProperties.DEFAULT_CONFIG);
    Optional<ConfigSource> found = Optional.empty();
    if (place.startsWith(FILE + "/")) {
      found = onDisk(place);
    } else if (place.startsWith("/")) {
      found = inApplication(context, place);
    } else {
      mistakes.add(SETTING, "must be a path in the application or file:///absolute/path");
      return found;
    }
    if (found.isEmpty() && config.isPresent()) {
      mistakes.add(SETTING, "names " + place + ", which is not there");
    }
    return found;
  }

  /** Returns whether an application contains the default file. */
  public static boolean isThere(ServletContext context) {
    return inApplication(context, GatehouseProperties.DEFAULT_CONFIG).isPresent();
  }

  /** Returns files of an application that look like its configuration but are not read. */
  public static List<String> misplaced(ServletContext context) {
    return WRONG_PLACES.stream()
        .map(context::getResourcePaths)
        .filter(Objects::nonNull)
        .flatMap(Set::stream)
        .filter(path -> MISPLACED.matcher(path).matches())
        .filter(path -> !path.equals(GatehouseProperties.DEFAULT_CONFIG))
        .sorted()
        .toList();
  }

  private static Optional<ConfigSource> onDisk(String place) {
    try {
      Path path = Path.of(place.substring(FILE.length()));
      return Files.exists(path) ? Optional.of(new OnDisk(place, path)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<ConfigSource> inApplication(ServletContext context, String place) {
    String real = context.getRealPath(place);
    if (real != null && Files.isRegularFile(Path.of(real))) {
      return Optional.of(new OnDisk(place, Path.of(real)));
    }
    try {
      return context.getResource(place) == null
          ? Optional.empty()
          : Optional.of(new InArchive(place, context));
    } catch (MalformedURLException e) {
      return Optional.empty();
    }
  }

  private record OnDisk(String name, Path path) implements ConfigSource {
    @Override
    public long lastModified() throws IOException {
      return Files.getLastModifiedTime(path).toMillis();
    }

    @Override
    public String text() throws IOException {
      return Utf8Files.read(path, Utf8Files.CONFIG_BYTES);
    }
  }

  /** A file of an application that is not unpacked; its time of change is often unknown. */
  private record InArchive(String name, ServletContext context) implements ConfigSource {
    @Override
    public long lastModified() {
      return 0;
    }

    @Override
    public String text() throws IOException {
      try (InputStream in = context.getResourceAsStream(name)) {
        if (in == null) {
          throw new FileNotFoundException(name);
        }
        return Utf8Files.read(in, Utf8Files.CONFIG_BYTES);
      }
    }
  }
}
