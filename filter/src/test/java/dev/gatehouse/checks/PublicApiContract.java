package dev.gatehouse.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A module's public API is the one in its file below {@code docs/api}, so that each change of it is
 * seen in a diff.
 */
public abstract class PublicApiContract {
  private static final Path CLASSES = Path.of("target", "classes");

  private final Path file;
  private final String command;

  /**
   * @param module the directory of the module
   * @param artifact the name of the module's jar, which is the file's name too
   */
  protected PublicApiContract(String module, String artifact) {
    file = Path.of("..", "docs", "api", artifact + ".txt");
    command = "mvn test -pl " + module + " -am -Dtest=PublicApiTest -Dapi.write=true";
  }

  /** Returns how many lines of the public API may name an internal type. */
  protected int internalNames() {
    return 0;
  }

  @Test
  void publicApi_namesNoInternalTypes() throws IOException {
    List<String> lines = PublicApi.internalNames(PublicApi.below(CLASSES));
    List<String> problems =
        Budget.shrinking(lines.size(), internalNames(), String.join("\n", lines));
    assertEquals("", String.join("\n", problems));
  }

  @Test
  void publicApi_isTheWrittenOne() throws IOException {
    String now = PublicApi.below(CLASSES);
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, now);
    }
    String written = Files.exists(file) ? Files.readString(file) : "";
    String difference = LineDiff.of(written, now);
    assertEquals(
        "",
        difference,
        () ->
            "The public API differs from "
                + file
                + ":\n"
                + difference
                + "If you mean it, say so in CHANGELOG.md and write the file with\n  "
                + command
                + " -Dsurefire.failIfNoSpecifiedTests=false\n");
  }
}
