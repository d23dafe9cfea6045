package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.ForwardingRepository;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests hashes from other systems and what is stored after a login with their password. */
class PasswordRehashTest {
  private static final String OLD = "{SSHA}bEiwulKhVqG0wRVxs1ooibgOlxZzYWx0c2FsdA==";
  private static final String BCRYPT =
      "{bcrypt}$2b$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";
  private static final LookupKey AL = LookupDigest.plain().of("al");

  private final ConsumerRepository memory = Stores.memory();
  @TempDir private Path documents = Path.of("");

  @Test
  void rightPassword_hasItsHashReplaced_andTheOldOneIsGone() throws Exception {
    for (String old : List.of(OLD, BCRYPT)) {
      store(old);
      try (TomcatServer server = serving(memory)) {
        assertTrue(answer(server, "open sesame").contains("acme"));
        String hash = storedHash();
        assertTrue(hash.startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertTrue(answer(server, "open sesame").contains("acme"));
        assertFalse(answer(server, "sesame open").contains("acme"));
        assertEquals(hash, storedHash(), "made once");
      }
    }
  }

  @Test
  void passwordBefore_isAcceptedWhileCallersChange() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
            .consumer(
                "acme",
                c ->
                    c.credential(
                        "login",
                        "basic-auth",
                        "{\"username\":\"al\",\"password\":\"new\",\"previous_password\":\"old\"}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      for (String password : List.of("new", "old", "new", "old")) {
        assertTrue(answer(server, password).contains("consumer: acme"), password);
      }
      assertFalse(answer(server, "older").contains(ProbeServlet.MARKER));
    }
  }

  /** A store that cannot move it has it found where it is, time and again. */
  @Test
  void loginFromTheTimeOfAnEarlierMasterKey_isFoundByAFilterMadeInCode() throws Exception {
    Secret old = Secret.of("an earlier master key of 32 bytes");
    Secret present = Secret.of("the present master key of 32 bytes");
    memory.putAll(List.of(login(LookupDigest.keyed(old).of("al"))));
    for (List<Secret> previous : List.of(List.of(old), List.<Secret>of())) {
      ConsumerFilter filter =
          ConsumerFilter.builder()
              .store(memory)
              .masterKey(present, previous)
              .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
              .build();
      try (TomcatServer server = TestApplications.probe(documents, filter)) {
        boolean known = !previous.isEmpty();
        for (int i = 0; i < 2; i++) {
          assertEquals(known, answer(server, "open sesame").contains("consumer: acme"));
        }
        assertFalse(answer(server, "sesame open").contains(ProbeServlet.MARKER));
      }
    }
  }

  /** Between the look for the present digest and that for the earlier one. */
  @Test
  void loginThatAnotherRequestMovesMeanwhile_isFound() {
    Secret old = Secret.of("an earlier master key of 32 bytes");
    Secret present = Secret.of("the present master key of 32 bytes");
    LookupKey before = LookupDigest.keyed(old).of("al");
    memory.putAll(List.of(login(before)));
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .store(new MovedMeanwhile(memory, before, LookupDigest.keyed(present).of("al")))
            .masterKey(present, List.of(old))
            .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      assertTrue(answer(server, "open sesame").contains("consumer: acme"));
    }
  }

  private static ConsumerEntry login(LookupKey lookup) {
    return new ConsumerEntry(
        Consumer.named("acme").build(),
        List.of(
            new CredentialEntry(
                Credential.of("login", "basic-auth").build(),
                lookup,
                PluginSettings.of(Map.of("password", BCRYPT)))));
  }

  /** A concurrent write moves the login just before it is read at its old place. */
  private record MovedMeanwhile(ConsumerRepository store, LookupKey before, LookupKey now)
      implements ConsumerStore {
    @Override
    public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
      if (lookup.equals(before)) {
        store.putAll(List.of(login(now)));
      }
      return store.credential(plugin, lookup);
    }

    @Override
    public @Nullable Consumer consumer(String username) {
      return store.consumer(username);
    }
  }

  @Test
  void wrongPassword_changesNothing() throws Exception {
    store(OLD);
    try (TomcatServer server = serving(memory)) {
      assertFalse(answer(server, "sesame open").contains("acme"));
      assertEquals(OLD, storedHash());
      assertTrue(answer(server, "open sesame").contains("acme"));
    }
  }

  @Test
  void readOnlyStore_doesNotPreventLogin() throws Exception {
    store(OLD);
    try (TomcatServer server = serving(new ReadOnly(memory))) {
      assertTrue(answer(server, "open sesame").contains("acme"));
      assertFalse(answer(server, "sesame open").contains("acme"));
    }
    try (TomcatServer server = serving(new Failing(memory))) {
      assertTrue(answer(server, "open sesame").contains("acme"));
      assertFalse(answer(server, "sesame open").contains("acme"));
    }
    assertEquals(OLD, storedHash());
  }

  private void store(String hash) {
    memory.putAll(
        List.of(
            new ConsumerEntry(
                Consumer.named("acme").build(),
                List.of(
                    new CredentialEntry(
                        Credential.of("login", "basic-auth").build(),
                        AL,
                        PluginSettings.of(Map.of("password", hash)))))));
  }

  private String storedHash() {
    StoredCredential found = memory.credential("basic-auth", AL);
    assertNotNull(found);
    return String.valueOf(found.settings().value("password"));
  }

  private TomcatServer serving(ConsumerStore store) {
    return TestApplications.probe(
        documents,
        ConsumerFilter.builder()
            .store(store)
            .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
            .build());
  }

  private static String answer(TomcatServer server, String password) {
    String login = "al:" + password;
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return server.get("/basic", "Authorization", "Basic " + basic).body();
  }

  private record ReadOnly(ConsumerStore store) implements ConsumerStore {
    @Override
    public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
      return store.credential(plugin, lookup);
    }

    @Override
    public @Nullable Consumer consumer(String username) {
      return store.consumer(username);
    }
  }

  private static final class Failing extends ForwardingRepository {
    private Failing(ConsumerRepository store) {
      super(store);
    }

    @Override
    public boolean renew(StoredCredential was, PluginSettings settings) {
      throw new StoreException("away", new IllegalStateException("away"));
    }
  }
}
