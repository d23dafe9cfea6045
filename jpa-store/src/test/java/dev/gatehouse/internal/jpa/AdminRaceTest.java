package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Credential;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.PreconditionFailedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests to the Admin API that meet another one, and writes that fail in their second half. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdminRaceTest {
  private static final int ROUNDS = 20;
  private static final String JACK = "{\"username\":\"jack\"}";
  private static final String KEY =
      "{\"name\":\"main\",\"plugins\":{\"key-auth\":{\"key\":\"jacks-key\"}}}";

  private final JdbcDataSource database = Databases.h2();
  @TempDir private Path documents = Path.of("");

  @AfterEach
  void stop() {
    Databases.run(database, "SHUTDOWN");
  }

  /**
   * Answers were 404 for a Consumer that was written, and 400 for a Credential without an owner.
   */
  @Test
  void putsDuringDeletes_answerAsDocumented() throws Exception {
    try (AdminServer server = AdminServer.start(documents, database)) {
      Set<Integer> consumers = new TreeSet<>();
      Set<Integer> credentials = new TreeSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        AtomicInteger next = new AtomicInteger();
        for (List<Integer> answers :
            ConcurrentTasks.run(6, () -> statuses(server, next.getAndIncrement()))) {
          boolean ofConsumer = answers.get(0) == 0;
          boolean ofCredential = answers.get(0) == 1;
          List<Integer> statuses = answers.subList(1, answers.size());
          if (ofConsumer) {
            consumers.addAll(statuses);
          } else if (ofCredential) {
            credentials.addAll(statuses);
          }
        }
      }
      assertTrue(Set.of(200, 201, 409).containsAll(consumers), consumers.toString());
      assertTrue(Set.of(200, 201, 404, 409).containsAll(credentials), credentials.toString());
      assertTrue(credentials.contains(404), "some met a delete");
    }
  }

  private static List<Integer> statuses(AdminServer server, int number) {
    List<Integer> statuses = new ArrayList<>(List.of(number % 3));
    for (int i = 0; i < 5; i++) {
      statuses.add(
          switch (number % 3) {
            case 0 -> server.put("/consumers/jack", JACK).status();
            case 1 -> server.put("/consumers/jack/credentials/c1", KEY).status();
            default -> server.delete("/consumers/jack").status();
          });
    }
    return statuses;
  }

  /** The successor stayed when the end of the earlier one could not be written. */
  @Test
  void rotation_isDoneCompletelyOrNotAtAll() {
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      store.put(Entries.consumer("acme"));
      store.put("acme", Entries.keyAuth("old", "old-key"));
      store.put("acme", Entries.keyAuth("other", "other-key"));
      ListedCredential old = listed(store, "old").orElseThrow();
      CredentialEntry ending =
          new CredentialEntry(
              Credential.of("old", Entries.KEY_AUTH).name("old").expiresAt(Instant.EPOCH).build(),
              old.entry().lookup(),
              PluginSettings.EMPTY);
      Precondition present = Precondition.unchanged(old.stamp().tag());

      assertThrows(
          ConflictException.class,
          () -> store.rotate("acme", Entries.keyAuth("new", "other-key"), ending, present));
      assertEquals(old, listed(store, "old").orElseThrow());
      assertThrows(
          PreconditionFailedException.class,
          () ->
              store.rotate(
                  "acme",
                  Entries.keyAuth("new", "new-key"),
                  ending,
                  Precondition.unchanged("another")));
      assertFalse(listed(store, "new").isPresent());
      assertThrows(
          PreconditionFailedException.class,
          () -> store.rotate("acme", Entries.keyAuth("other", "new-key"), ending, present));
      assertEquals(old, listed(store, "old").orElseThrow());

      store.rotate("acme", Entries.keyAuth("new", "new-key"), ending, present);
      assertTrue(listed(store, "new").isPresent());
      assertEquals(
          Optional.of(Instant.EPOCH),
          listed(store, "old").orElseThrow().entry().credential().expiresAt());
    }
  }

  private static Optional<ListedCredential> listed(ConsumerRepository store, String id) {
    return store.listCredentials("acme").stream()
        .filter(one -> one.entry().credential().id().equals(id))
        .findFirst();
  }
}
