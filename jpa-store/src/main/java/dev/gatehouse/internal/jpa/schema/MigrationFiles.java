package dev.gatehouse.internal.jpa.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The numbered SQL files for one kind of database.
 *
 * <p>They are listed here instead of being searched, because each server has its own kind of URL
 * for files in a WAR.
 */
record MigrationFiles(List<LoadableResource> files) implements ResourceProvider {
  /** Creates a resolver for the files of one folder, in the order of their numbers. */
  static MigrationFiles of(String folder, List<String> names) {
    return new MigrationFiles(
        names.stream().<LoadableResource>map(name -> SqlFile.load(folder, name)).toList());
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return files.stream()
        .filter(file -> file.getRelativePath().equals(name))
        .findFirst()
        .orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.stream()
        .filter(file -> file.getFilename().startsWith(prefix))
        .filter(file -> Stream.of(suffixes).anyMatch(file.getFilename()::endsWith))
        .toList();
  }

  /** A file, in the form that Flyway requires. */
  private static final class SqlFile extends LoadableResource {
    private final String path;
    private final String name;
    private final String text;

    private SqlFile(String path, String name, String text) {
      this.path = path;
      this.name = name;
      this.text = text;
    }

    static SqlFile load(String folder, String name) {
      String path = "migration/" + folder + "/" + name;
      try (InputStream in = MigrationFiles.class.getResourceAsStream(path)) {
        if (in == null) {
          throw new IllegalStateException("the jar lacks " + path);
        }
        return new SqlFile(path, name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return path;
    }

    @Override
    public @Nullable String getAbsolutePathOnDisk() {
      return null;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return path;
    }
  }
}
