package dev.gatehouse.internal.jpa;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contract of stores in transactions of a transaction manager. */
final class JtaStoreTest extends ConsumerRepositoryContract {
  @TempDir static @Nullable Path log;

  private @Nullable JtaEnvironment jta;
  private @Nullable ConsumerRepository store;

  @BeforeEach
  void open() throws SQLException {
    jta = JtaEnvironment.start(requireNonNull(log));
    store = jta.store().open();
  }

  @Override
  protected ConsumerRepository store() {
    return requireNonNull(store);
  }

  @AfterEach
  void close() {
    store().close();
    requireNonNull(jta).close();
  }
}
