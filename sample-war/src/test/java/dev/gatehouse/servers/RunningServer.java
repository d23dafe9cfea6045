package dev.gatehouse.servers;

import dev.gatehouse.sample.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own. */
final class RunningServer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final URI base;
  private final Launch launch;
  private final Process process;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private final CompletableFuture<Void> reader;

  private RunningServer(URI base, Launch launch, Process process) {
    this.base = base;
    this.launch = launch;
    this.process = process;
    this.reader = CompletableFuture.runAsync(this::read);
  }

  /**
   * Starts a server and waits until it says that it serves.
   *
   * @param base where it will be
   */
  static RunningServer start(URI base, Launch launch) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
    builder.environment().putAll(launch.environment());
    RunningServer server =
        new RunningServer(base, launch, builder.directory(launch.directory().toFile()).start());
    if (!server.settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !server.process.isAlive()) {
      server.close();
      throw new IOException("the server did not start: " + server.log());
    }
    return server;
  }

  /** Calls one of its applications. */
  Client client(String application) {
    return new Client(base.resolve("/" + application));
  }

  /** Everything the server has said so far. */
  String log() {
    return String.join("\n", log);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().thenCombine(reader, (ended, read) -> ended).join();
  }

  private void read() {
    int said = 0;
    Path logFile = launch.directory().resolve("server.log");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        PrintWriter file = new PrintWriter(Files.newBufferedWriter(logFile), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        file.println(line);
        if (line.contains(launch.ready()) && ++said == launch.times()) {
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
