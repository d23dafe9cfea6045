package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.store.Stores;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** How many decisions a second eight threads get about one counter in a database. */
public final class SlotsLoad {
  private static final int THREADS = 8;
  private static final Duration LASTING = Duration.ofSeconds(5);
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-count", "all");
  private static final RateWindow WINDOW = new RateWindow(1_000_000_000_000L, 3_600_000);

  private SlotsLoad() {}

  /** Prints a line per database and way; the first run of each warms up. */
  public static void main(String[] arguments) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(server.getPort())) {
      for (int run = 0; run < 2; run++) {
        for (Cluster.Sync sync : List.of(Cluster.Sync.EXACT, Cluster.Sync.LEASE)) {
          print("PostgreSQL " + sync, load(pool, sync));
          print("H2 in memory " + sync, load(Databases.h2(), sync));
        }
      }
    }
  }

  private static void print(String what, long decisions) {
    System.out.printf("%-22s %,12d decisions/s%n", what, decisions / LASTING.toSeconds());
  }

  private static long load(DataSource database, Cluster.Sync sync) throws Exception {
    Stores.Sharing sharing = new Stores.Sharing("load", Duration.ofSeconds(20), 100);
    try (ManagedCluster cluster =
        Stores.join(new JdbcSlots(database, SchemaMode.MIGRATE), sharing, new TestClock())) {
      long end = System.nanoTime() + LASTING.toNanos();
      List<Long> counts =
          ConcurrentTasks.run(
              THREADS,
              () -> {
                long mine = 0;
                while (System.nanoTime() < end) {
                  mine += cluster.limits(sync).acquire(KEY, WINDOW, 0).admitted() ? 1 : 0;
                }
                return mine;
              });
      return counts.stream().mapToLong(n -> n).sum();
    }
  }
}
