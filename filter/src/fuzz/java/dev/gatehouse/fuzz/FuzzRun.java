package dev.gatehouse.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Feeds every parser for a while, one after the other, each in a process of its own.
 *
 * <p>Arguments: a folder for what is found, and the seconds for each parser. An input that takes
 * longer than five seconds is a finding too. It ends with an exception when there is any.
 */
public final class FuzzRun {
  private static final List<String> TARGETS =
      List.of(
          "dev.gatehouse.internal.auth.BasicHeaderFuzzer",
          "dev.gatehouse.internal.auth.hmac.SignatureHeaderFuzzer",
          "dev.gatehouse.internal.auth.hmac.SignatureFormatsFuzzer",
          "dev.gatehouse.internal.auth.jwt.JwtTokenFuzzer",
          "dev.gatehouse.internal.json.StrictJsonFuzzer",
          "dev.gatehouse.internal.http.CanonicalPathFuzzer",
          "dev.gatehouse.internal.http.RawQueryFuzzer",
          "dev.gatehouse.internal.http.RawCookiesFuzzer",
          "dev.gatehouse.internal.config.ConfigTextFuzzer");

  private FuzzRun() {}

  /** Starts the run. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (String target : TARGETS) {
      Process fuzzer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "com.code_intelligence.jazzer.Jazzer",
                  "--target_class=" + target,
                  "--instrumentation_includes=dev.gatehouse.**",
                  "--reproducer_path=" + folder,
                  "-artifact_prefix=" + folder + "/",
                  "-max_total_time=" + Integer.parseInt(args[1]),
                  "-max_len=4096",
                  "-timeout=5",
                  "-print_final_stats=1")
              .inheritIO()
              .start();
      if (fuzzer.waitFor() != 0) {
        throw new IllegalStateException(target + " found something, see " + folder);
      }
    }
  }
}
