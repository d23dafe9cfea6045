package dev.gatehouse.internal.jpa;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.entry;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Secret;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store as the product's settings open it. */
final class JpaStoreProviderTest {
  private static final String NAME = "java:app/jdbc/gatehouse";

  private final DataSource database = Databases.h2();
  private final ConfigProblems mistakes = new ConfigProblems();

  @AfterEach
  void unbind() {
    TestJndi.unbind();
  }

  @Test
  void services_nameTheProviderAndItsSettings() {
    ConsumerStoreProvider provider = provider();

    assertEquals("jpa", provider.name());
    assertTrue(provider.settings().stream().allMatch(setting -> setting.startsWith("gatehouse.")));
    assertEquals(3, provider.settings().size());
  }

  @Test
  void open_whenStoreIsEmpty_writesTheSeed() {
    TestJndi.bind(Map.of(NAME, database));

    try (ConsumerRepository store = open(Map.of(), List.of(entry("acme", keyAuth("a", "k1"))))) {
      assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
    }
    assertEquals(List.of(), mistakes.found());
  }

  @Test
  void open_whenStoreIsNotEmpty_leavesItAsItIs() {
    TestJndi.bind(Map.of(NAME, database));
    open(Map.of(), List.of(entry("acme", keyAuth("a", "k1")))).close();

    try (ConsumerRepository store =
        open(Map.of(), List.of(entry("acme", keyAuth("a", "k2")), entry("bob")))) {
      assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
      assertNull(store.credential(KEY_AUTH, lookup("k2")));
      assertNull(store.consumer("bob"));
    }
    assertEquals(List.of(), mistakes.found());
  }

  @Test
  void open_afterARestart_findsWhatWasWritten(@TempDir Path folder) {
    JdbcDataSource file = new JdbcDataSource();
    file.setURL("jdbc:h2:file:" + folder.resolve("gatehouse"));
    TestJndi.bind(Map.of(NAME, file));
    open(Map.of(), List.of(entry("acme", keyAuth("a", "k1")))).close();

    try (ConsumerRepository store = open(Map.of("gatehouse.schema", "validate"), List.of())) {
      assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
    }
  }

  @Test
  void open_whenTheNameIsBelowTheEnvironment_findsIt() {
    TestJndi.bind(Map.of("java:comp/env/jdbc/mine", database));

    try (ConsumerRepository store =
        open(Map.of("gatehouse.data-source", "jdbc/mine"), List.of(entry("acme")))) {
      assertNotNull(store.consumer("acme"));
    }
  }

  @Test
  void open_whenSettingsAreWrong_reportsThemAllAndOpensNothing() {
    TestJndi.bind(Map.of("java:app/text", "no data source"));
    Optional<ConsumerRepository> store =
        tryOpen(
            Map.of(
                "gatehouse.data-source", "java:app/text",
                "gatehouse.schema", "create",
                "gatehouse.transactions", "xa"),
            List.of());

    assertEquals(
        List.of("gatehouse.data-source", "gatehouse.schema", "gatehouse.transactions"),
        mistakes.found().stream().map(ConfigProblem::path).toList());
    assertTrue(text().contains("java:app/text"), text());
    assertTrue(text().contains("migrate, validate, none, was create"), text());
    assertTrue(text().contains("auto, jta, resource-local, was xa"), text());
    assertEquals(Optional.empty(), store);
  }

  @Test
  void open_whenDataSourceIsMissing_reportsIt() {
    assertEquals(Optional.empty(), provider().open(name -> Optional.empty(), List.of(), mistakes));

    assertEquals("gatehouse.data-source: is required: the JNDI name of a data source", text());
  }

  @Test
  void open_whenTheNameLeadsToAnotherServer_isNotFollowed() {
    TestJndi.bind(Map.of("ldap://127.0.0.1/x", database));
    tryOpen(Map.of("gatehouse.data-source", "ldap://127.0.0.1/x"), List.of());

    assertTrue(text().startsWith("gatehouse.data-source: must be the JNDI name"), text());
  }

  @Test
  void open_whenJtaIsAskedForAndNotThere_reportsIt() {
    TestJndi.bind(Map.of(NAME, database));
    tryOpen(Map.of("gatehouse.transactions", "jta"), List.of());

    assertTrue(text().startsWith("gatehouse.transactions: jta needs"), text());
  }

  @Test
  void open_whenTheServerHasTransactions_usesThemByDefault(@TempDir Path log) throws Exception {
    try (JtaEnvironment jta = JtaEnvironment.start(log)) {
      TestJndi.bind(
          Map.of(
              NAME,
              jta.pool(),
              "java:comp/UserTransaction",
              jta.transaction(),
              "java:comp/TransactionSynchronizationRegistry",
              jta.registry()));
      tryOpen(Map.of(), List.of());
      assertTrue(
          text().startsWith("gatehouse.transactions: jta: the persistence provider"), text());

      open(Map.of("gatehouse.transactions", "resource-local"), List.of()).close();
      assertEquals(1, mistakes.found().size());
    }
  }

  @Test
  void open_whenTablesDoNotFit_isAProblem() {
    TestJndi.bind(Map.of(NAME, database));
    tryOpen(Map.of("gatehouse.schema", "validate"), List.of());

    assertTrue(text().startsWith("gatehouse.schema: validate: the tables are not"), text());
  }

  @Test
  void open_whenTheDatabaseIsOfAnotherKind_isAProblem() {
    TestJndi.bind(Map.of(NAME, otherKind()));
    tryOpen(Map.of(), List.of());

    assertTrue(text().startsWith("gatehouse.data-source: must lead to H2 or PostgreSQL"), text());
  }

  @Test
  void open_afterTheLastConsumerWasRemoved_doesNotBringTheFilesOnesBack() {
    TestJndi.bind(Map.of(NAME, database));
    List<ConsumerEntry> file = List.of(entry("acme", keyAuth("main", "k1")));
    try (ConsumerRepository store = open(Map.of(), file)) {
      assertNotNull(store.consumer("acme"), "the control");
      assertTrue(store.remove("acme"));
    }

    for (int restart = 0; restart < 2; restart++) {
      try (ConsumerRepository store = open(Map.of(), file)) {
        assertNull(store.consumer("acme"));
        assertNull(store.credential(KEY_AUTH, lookup("k1")));
      }
    }
    assertEquals(List.of(), mistakes.found());
  }

  @Test
  void open_onADatabaseThatWasUsedBeforeSeedingWasRecorded_doesNotSeedIt() {
    TestJndi.bind(Map.of(NAME, database));
    try (ConsumerRepository store = open(Map.of(), List.of(entry("acme")))) {
      store.remove("acme");
    }
    Databases.run(
        database,
        "ALTER TABLE gatehouse_revision DROP COLUMN seeded_at",
        "DELETE FROM \"gatehouse_schema_history\" WHERE \"version\" = '8'");

    try (ConsumerRepository store = open(Map.of(), List.of(entry("acme")))) {
      assertNull(store.consumer("acme"));
    }
  }

  @Test
  void open_onADatabaseThatGotItsConsumersOtherwise_doesNotSeedItLater() {
    TestJndi.bind(Map.of(NAME, database));
    try (ConsumerRepository store = open(Map.of(), List.of())) {
      store.put(entry("bob").consumer());
    }
    try (ConsumerRepository store = open(Map.of(), List.of(entry("acme")))) {
      assertNull(store.consumer("acme"));
      assertTrue(store.remove("bob"));
    }
    try (ConsumerRepository store = open(Map.of(), List.of(entry("acme")))) {
      assertNull(store.consumer("acme"));
    }
  }

  @Test
  void open_afterASeedThatFailed_seedsTheCorrectedOne() {
    TestJndi.bind(Map.of(NAME, database));
    tryOpen(Map.of(), List.of(entry("acme", keyAuth("a", "k1")), entry("bob", keyAuth("b", "k1"))));
    assertEquals(1, mistakes.found().size());

    try (ConsumerRepository store = open(Map.of(), List.of(entry("acme", keyAuth("a", "k1"))))) {
      assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
    }
  }

  @Test
  void open_whenTheSeedContradictsItself_isAProblem() {
    TestJndi.bind(Map.of(NAME, database));
    tryOpen(Map.of(), List.of(entry("acme", keyAuth("a", "k1")), entry("bob", keyAuth("b", "k1"))));

    assertEquals(
        "consumers: duplicate key of plugin key-auth found with credential: a of consumer: acme",
        text());
  }

  @Test
  void open_whenTheSeedContainsASecret_failsWithoutShowingIt() {
    TestJndi.bind(Map.of(NAME, database));
    PluginSettings limit =
        PluginSettings.of(Map.of("redis", List.of(Map.of("password", Secret.of("topsecret")))));
    Consumer consumer =
        Consumer.named("acme").plugins(PluginSet.of(Map.of("limit-count", limit))).build();
    tryOpen(Map.of(), List.of(new ConsumerEntry(consumer, List.of())));

    assertEquals(
        "plugins.limit-count.redis[0].password: is a secret, which is stored encrypted only: set"
            + " gatehouse.master-key",
        text());
    assertEquals(List.of(), Databases.ask(database, "SELECT username FROM gatehouse_consumers"));
  }

  private ConsumerRepository open(Map<String, String> settings, List<ConsumerEntry> seed) {
    return tryOpen(settings, seed).orElseThrow();
  }

  private Optional<ConsumerRepository> tryOpen(
      Map<String, String> settings, List<ConsumerEntry> seed) {
    PropertyLookup lookup =
        name ->
            Optional.ofNullable(settings.get(name))
                .or(
                    () ->
                        name.equals("gatehouse.data-source")
                            ? Optional.of(NAME)
                            : Optional.empty());
    return provider().open(lookup, seed, mistakes);
  }

  private String text() {
    return String.join("; ", mistakes.found().stream().map(ConfigProblem::toString).toList());
  }

  private static ConsumerStoreProvider provider() {
    return ServiceLoader.load(ConsumerStoreProvider.class).iterator().next();
  }

  /** Returns metadata of a product without migrations. */
  private static DataSource otherKind() {
    return answering(
        DataSource.class,
        answering(Connection.class, answering(DatabaseMetaData.class, "Cloudscape")));
  }

  private static <T> T answering(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            JpaStoreProviderTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> method.getReturnType() == void.class ? null : answer));
  }
}
