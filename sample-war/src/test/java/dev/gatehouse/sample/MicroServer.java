package dev.gatehouse.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One Payara Micro of our own, for what a managed one cannot show: failed starts and restarts. */
public final class MicroServer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final int port;
  private final Process process;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private final CompletableFuture<Void> reader;

  private MicroServer(int port, Process process) {
    this.port = port;
    this.process = process;
    this.reader = CompletableFuture.runAsync(this::read);
  }

  /** Starts the server with these archives; the name of each is its context path. */
  public static MicroServer start(Path... archives) throws Exception {
    return start(freePort(), List.of(), List.of("--nohazelcast"), archives);
  }

  /**
   * Starts the server.
   *
   * @param jvm options of the JVM
   * @param micro options of the server
   */
  static MicroServer start(int port, List<String> jvm, List<String> micro, Path... archives)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dh2.bindAddress=127.0.0.1");
    command.addAll(jvm);
    command.addAll(List.of("-jar", System.getProperty("payara.microJar")));
    command.addAll(micro);
    command.addAll(List.of("--disablephonehome", "--port", String.valueOf(port)));
    command.addAll(
        List.of(
            "--prebootcommandfile",
            SampleWar.ROOT.resolve("src/main/payara/preboot.txt").toString()));
    for (Path archive : archives) {
      command.addAll(List.of("--deploy", archive.toString()));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    MicroServer server = new MicroServer(port, process);
    if (!server.settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !process.isAlive()) {
      server.close();
      throw new IOException("Payara Micro did not start: " + server.log());
    }
    return server;
  }

  /** Returns where it is. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Everything the server has said so far. */
  public String log() {
    return String.join("\n", log);
  }

  /** Ends it as a crash does. */
  void kill() {
    process.destroyForcibly().onExit().thenCombine(reader, (ended, read) -> ended).join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().thenCombine(reader, (ended, read) -> ended).join();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.contains("Payara Micro") && line.contains(" ready in ")) {
          settled.countDown();
        }
      }
    } catch (IOException e) {
      log.add(e.toString());
    } finally {
      settled.countDown();
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
