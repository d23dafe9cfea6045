package dev.gatehouse.sample;

import java.nio.file.Path;

/** Runs the sample on two nodes until the process is stopped: {@code mvn -Pcluster verify}. */
public final class ClusterMain {
  private ClusterMain() {}

  /** Takes the archive and the ports. */
  public static void main(String[] arguments) throws Exception {
    int[] ports = {Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])};
    PayaraNodes nodes = PayaraNodes.start(Path.of(arguments[0]), ports);
    Runtime.getRuntime().addShutdownHook(new Thread(nodes::close));
    System.getLogger("dev.gatehouse.sample")
        .log(
            System.Logger.Level.INFO,
            "two nodes are ready: {0} and {1}; Ctrl-C stops them",
            nodes.node(0).base(),
            nodes.node(1).base());
    Thread.currentThread().join();
  }
}
