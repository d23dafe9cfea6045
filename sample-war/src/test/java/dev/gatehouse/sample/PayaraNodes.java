package dev.gatehouse.sample;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;

/**
 * The sample on several Payara Micro nodes with one database and one data grid, all on loopback.
 *
 * <p>Limits of {@code policy: cluster} are counted through the grid.
 */
final class PayaraNodes implements AutoCloseable {
  private static final Path CONFIG = SampleWar.ROOT.resolve("src/main/payara/cluster.yaml");

  private final Server database;
  private final List<MicroServer> nodes = new ArrayList<>();

  private PayaraNodes(Server database) {
    this.database = database;
  }

  /**
   * Starts one node per port.
   *
   * @param archive the sample; the name of the file is its context path
   */
  static PayaraNodes start(Path archive, int... ports) throws Exception {
    PayaraNodes all = new PayaraNodes(database());
    List<Integer> grid = new ArrayList<>();
    boolean started = false;
    try {
      for (int i = 0; i < ports.length; i++) {
        grid.add(MicroServer.freePort());
      }
      for (int i = 0; i < ports.length; i++) {
        all.nodes.add(MicroServer.start(ports[i], all.jvm(), micro(grid, i), archive));
      }
      started = true;
      return all;
    } finally {
      if (!started) {
        all.close();
      }
    }
  }

  private static Server database() throws SQLException {
    String directory = SampleWar.freshDirectory("nodes").toString();
    return Server.createTcpServer("-tcpPort", "0", "-baseDir", directory, "-ifNotExists").start();
  }

  private List<String> jvm() {
    return List.of(
        "-Dhazelcast.socket.bind.any=false",
        "-Dhazelcast.phone.home.enabled=false",
        "-Dorders.database=tcp://127.0.0.1:" + database.getPort() + "/.",
        "-Dgatehouse.config=" + CONFIG.toAbsolutePath().toUri(),
        "-Dgatehouse.limits.backend=hazelcast",
        "-Dgatehouse.limits.timeout=5000");
  }

  private static List<String> micro(List<Integer> grid, int index) {
    List<String> members = grid.stream().map(port -> "127.0.0.1:" + port).toList();
    return List.of(
        "--clustermode",
        "tcpip:" + String.join(",", members),
        "--interfaces",
        "127.0.0.1",
        "--startport",
        String.valueOf(grid.get(index)),
        "--clustername",
        "orders-" + grid.get(0),
        "--hzinitialjoinwait",
        "0");
  }

  MicroServer node(int index) {
    return nodes.get(index);
  }

  @Override
  public void close() {
    nodes.forEach(MicroServer::close);
    database.stop();
  }
}
