package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.store.ChangeHints;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hints over a channel of Redis.
 *
 * <p>The library restores a broken connection. A first connection that fails is retried. Safe for
 * use by several threads.
 */
final class RedisHints implements ChangeHints {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final RedisClient client;
  private final String channel;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatehouse-hints"));
  private volatile @Nullable StatefulRedisConnection<String, String> telling;

  private RedisHints(RedisClient client, String channel) {
    this.client = client;
    this.channel = channel;
  }

  /**
   * Creates hints over a server, possibly named by sentinels.
   *
   * @param namespace the namespace; applications of the same namespace exchange hints
   */
  static RedisHints at(RedisURI server, String namespace) {
    return new RedisHints(RedisClient.create(server), new SlotNaming(namespace).ofChanges());
  }

  @Override
  public void listen(Runnable changed) {
    thread.execute(() -> connect(changed));
  }

  private void connect(Runnable changed) {
    try {
      StatefulRedisPubSubConnection<String, String> hearing = client.connectPubSub();
      hearing.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String from, String message) {
              changed.run();
            }

            @Override
            public void subscribed(String to, long count) {
              // Changes before the subscription may have been missed.
              changed.run();
            }
          });
      subscribe(hearing);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "there are no hints for a while: " + e.getClass().getName());
      var unused = thread.schedule(() -> connect(changed), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Closes a connection whose subscription fails. */
  private void subscribe(StatefulRedisPubSubConnection<String, String> hearing) {
    boolean done = false;
    try {
      hearing.sync().subscribe(channel);
      telling = client.connect();
      done = true;
    } finally {
      if (!done) {
        hearing.close();
      }
    }
  }

  @Override
  public void send() {
    StatefulRedisConnection<String, String> connection = telling;
    if (connection != null && connection.isOpen()) {
      RedisFuture<Long> unused = connection.async().publish(channel, "");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
