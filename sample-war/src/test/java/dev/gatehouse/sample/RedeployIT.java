package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The sample in one server that is not restarted: nothing of it is left when it is undeployed.
 * {@code -Dredeploy.rounds=20} asks for more rounds.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedeployIT {
  private static final int ROUNDS = Integer.getInteger("redeploy.rounds", 8);
  private static final String MARK = "redeploy: ";

  @Test
  void repeatedDeployments_leaveNothingBehind() throws Exception {
    Map<String, String> report = new HashMap<>();
    List<String> log = new ArrayList<>();
    Process server = new ProcessBuilder(command()).redirectErrorStream(true).start();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.startsWith(MARK)) {
          String[] parts = line.substring(MARK.length()).split("=", 2);
          report.put(parts[0], parts[1]);
        } else if (line.startsWith("Exception in thread \"main\"")) {
          server.destroyForcibly();
        }
      }
    } finally {
      server.destroyForcibly();
    }
    String all = String.join("\n", log.subList(Math.max(0, log.size() - 50), log.size()));
    assertEquals(String.valueOf(ROUNDS), report.get("rounds"), all);
    assertEquals("", report.get("threads"), "threads");
    assertEquals("", report.get("beans"), "MBeans");
    assertEquals("", report.get("drivers"), "JDBC drivers");
    assertEquals(report.get("loaders-at-first"), report.get("loaders-at-last"), "class loaders");
  }

  private static List<String> command() throws Exception {
    String micro = System.getProperty("payara.microJar");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    try (JarFile jar = new JarFile(micro)) {
      String opens = jar.getManifest().getMainAttributes().getValue("Add-Opens");
      for (String one : opens.split(" ", -1)) {
        command.add("--add-opens=" + one + "=ALL-UNNAMED");
      }
    }
    command.add("-Dorders.database=file:" + SampleWar.freshDirectory("redeploy"));
    String classes =
        new File(RedeployMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .getPath();
    command.addAll(List.of("-cp", micro + File.pathSeparator + classes));
    command.add(RedeployMain.class.getName());
    command.add(System.getProperty("sample.war"));
    command.add(String.valueOf(MicroServer.freePort()));
    command.add(String.valueOf(ROUNDS));
    return command;
  }
}
