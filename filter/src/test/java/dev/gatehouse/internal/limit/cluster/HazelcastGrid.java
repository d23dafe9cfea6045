package dev.gatehouse.internal.limit.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Members of a real Hazelcast grid in this process, on loopback. */
public final class HazelcastGrid implements AutoCloseable {
  private final String name = "test-" + UUID.randomUUID();
  private final List<HazelcastInstance> members = new ArrayList<>();

  /** Starts members that find each other. */
  public HazelcastGrid(int count) {
    for (int i = 0; i < count; i++) {
      members.add(Hazelcast.newHazelcastInstance(config()));
    }
  }

  public HazelcastInstance member(int index) {
    return members.get(index);
  }

  /** Later members connect to the address of the first one. */
  private Config config() {
    Config config = new Config();
    config.setClusterName(name);
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.getMetricsConfig().setEnabled(false);
    config.getNetworkConfig().setPort(0).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    members.forEach(
        member ->
            join.getTcpIpConfig()
                .addMember(
                    "127.0.0.1:"
                        + member.getCluster().getLocalMember().getSocketAddress().getPort()));
    return config;
  }

  @Override
  public void close() {
    members.forEach(HazelcastInstance::shutdown);
  }
}
