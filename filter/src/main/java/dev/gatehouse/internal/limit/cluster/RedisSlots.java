package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.store.StoreException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slots in Redis: one server, one behind sentinels, or a cluster.
 *
 * <p>A script compares and sets a value atomically. The first call connects; a broken connection is
 * restored twice a second. Safe for use by several threads.
 */
final class RedisSlots implements SharedSlots {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final Duration RECONNECT = Duration.ofMillis(500);
  private static final String SCRIPT =
      """
      local is = redis.call('GET', KEYS[1])
      if is == ARGV[1] or (not is and ARGV[1] == '') then
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return {1}
      end
      return {0, is}
      """;
  private static final byte[] NOTHING = {};
  private static final long MILLIS = 1_000;

  private final ClientResources resources;
  private final AbstractRedisClient client;
  private final Supplier<RedisClusterCommands<String, byte[]>> connecting;
  private @Nullable RedisClusterCommands<String, byte[]> connected;
  private @Nullable String script;

  private RedisSlots(
      ClientResources resources,
      AbstractRedisClient client,
      Supplier<RedisClusterCommands<String, byte[]>> connecting) {
    this.resources = resources;
    this.client = client;
    this.connecting = connecting;
  }

  /**
   * Creates slots on a server, possibly named by sentinels.
   *
   * @param timeout the timeout of a command
   */
  static RedisSlots at(RedisURI server, Duration timeout) {
    ClientResources resources = resources();
    RedisClient client = RedisClient.create(resources, server);
    client.setOptions(options(ClientOptions.builder(), timeout).build());
    return new RedisSlots(resources, client, () -> client.connect(CODEC).sync());
  }

  /**
   * Creates slots on a cluster.
   *
   * @param servers some nodes, from which the others are discovered
   */
  static RedisSlots cluster(List<RedisURI> servers, Duration timeout) {
    ClientResources resources = resources();
    RedisClusterClient client = RedisClusterClient.create(resources, servers);
    ClusterClientOptions.Builder builder =
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder().enableAllAdaptiveRefreshTriggers().build());
    options(builder, timeout);
    client.setOptions(builder.build());
    return new RedisSlots(resources, client, () -> client.connect(CODEC).sync());
  }

  private static ClientResources resources() {
    return DefaultClientResources.builder().reconnectDelay(Delay.constant(RECONNECT)).build();
  }

  private static ClientOptions.Builder options(ClientOptions.Builder builder, Duration timeout) {
    return builder
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build())
        .timeoutOptions(TimeoutOptions.enabled(timeout));
  }

  @Override
  public byte @Nullable [] read(String name) {
    try {
      return connection().get(name);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public Replaced replace(String name, byte @Nullable [] before, byte[] after, Duration keep) {
    byte[] millis = Long.toString(keep.toMillis()).getBytes(StandardCharsets.US_ASCII);
    byte[][] values = {before == null ? NOTHING : before, after, millis};
    try {
      List<Object> told = run(connection(), new String[] {name}, values);
      if (Long.valueOf(1).equals(told.get(0))) {
        return DONE;
      }
      return new Replaced(false, told.size() > 1 && told.get(1) instanceof byte[] is ? is : null);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private List<Object> run(
      RedisScriptingCommands<String, byte[]> redis, String[] names, byte[][] values) {
    try {
      return redis.evalsha(digest(redis), ScriptOutputType.MULTI, names, values);
    } catch (RedisNoScriptException forgotten) {
      return redis.eval(SCRIPT, ScriptOutputType.MULTI, names, values);
    }
  }

  private synchronized String digest(RedisScriptingCommands<String, byte[]> redis) {
    String known = script;
    if (known == null) {
      known = redis.digest(SCRIPT);
      script = known;
    }
    return known;
  }

  @Override
  public long millis() {
    try {
      List<byte[]> time = connection().time();
      return number(time.get(0)) * MILLIS + number(time.get(1)) / MILLIS;
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private static long number(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    client.shutdown(0, MILLIS, TimeUnit.MILLISECONDS);
    boolean unused =
        resources.shutdown(0, MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(MILLIS);
  }

  private static StoreException failed(RuntimeException cause) {
    return new StoreException("redis did not answer", cause);
  }

  private synchronized RedisClusterCommands<String, byte[]> connection() {
    RedisClusterCommands<String, byte[]> known = connected;
    if (known == null) {
      known = connecting.get();
      connected = known;
    }
    return known;
  }
}
