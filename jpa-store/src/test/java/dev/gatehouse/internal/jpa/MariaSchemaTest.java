package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables on MariaDB: made once, and comparing texts byte by byte. */
@Tag("mariadb")
final class MariaSchemaTest {
  @Test
  void tables_areMadeOnceAndValidated() throws SQLException {
    try (AgroalDataSource pool = MariaServer.pool()) {
      JpaConsumerStores.Builder validating = JpaConsumerStores.on(pool).schema(SchemaMode.VALIDATE);
      assertThrows(ConfigException.class, validating::open);
      try (ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
        assertTrue(store.put(Entries.consumer("acme")));
      }
      JpaConsumerStores.on(pool).open().close();
      try (ConsumerRepository store = validating.open()) {
        assertFalse(store.put(Entries.consumer("acme")), "it is there already");
      }
      assertEquals(
          "0",
          Databases.ask(
                  pool,
                  "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
                      + " AND table_name LIKE 'gatehouse%' AND table_name NOT LIKE '%history'"
                      + " AND collation_name IS NOT NULL AND collation_name NOT LIKE '%_nopad_bin'")
              .get(0),
          "columns that take different texts for the same");
    }
  }

  @Test
  void texts_thatDifferInCaseAccentOrLastBlank_areDifferent() throws SQLException {
    try (AgroalDataSource pool = MariaServer.pool();
        ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
      assertTrue(store.put(Entries.consumer("acme")));
      assertTrue(store.put(Entries.consumer("ACME")));
      List<String> names = List.of("key", "KEY", "k\u00e9y", "key ");
      for (String name : names) {
        Credential credential =
            Credential.of("k" + names.indexOf(name), Entries.KEY_AUTH).name(name).build();
        assertTrue(store.put("acme", Entries.of(credential, "key of " + name)), name);
      }
      Map<String, String> labels = Map.of("tier", "gold", "TIER", "GOLD", "ti\u00e9r", "gold");
      assertFalse(store.put(Consumer.named("acme").labels(labels).build()));
      assertEquals(labels, Objects.requireNonNull(store.consumer("acme")).labels());
    }
  }
}
