package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Profile;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.store.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of other systems where a secret belongs, in the file and in code. */
final class ForeignSecretsTest {
  private static final String BCRYPT =
      "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

  private final ConfigProblems mistakes = new ConfigProblems();

  private Configuration read(String plugin, String settings, Map<String, String> environment) {
    String file =
        "routes: [{ uris: [/x], plugins: { "
            + plugin
            + ": {} } }]\nconsumers: [{ username: acme, credentials: [{ name: main, plugins: { "
            + plugin
            + ": "
            + settings
            + " } }] }, { username: inline, plugins: { "
            + plugin
            + ": "
            + settings.replace("acme-id", "inline-id")
            + " } }]\n";
    SecretReferences references =
        new SecretReferences(
            environment::get, path -> environment.getOrDefault(path.toString(), ""));
    InstantSource clock = InstantSource.system();
    PluginServices parts =
        new PluginServices(Profile.STRICT, Stores.localLimits(100), clock, clock);
    Reading reading = new Reading(BuiltInPlugins.registry(parts), references, LookupDigest.plain());
    return Configuration.read("f", file, reading, mistakes);
  }

  static Stream<Arguments> foreign() {
    String jwt = "{ key: acme-id, secret: 'SECRET' }";
    return Stream.of(
        Arguments.of("key-auth", "{ key: 'SECRET' }", "key"),
        Arguments.of("basic-auth", "{ username: acme-id, password: 'SECRET' }", "password"),
        Arguments.of("basic-auth", "{ username: 'SECRET', password: pw }", "username"),
        Arguments.of(
            "basic-auth",
            "{ username: acme-id, password: pw, previous_password: 'SECRET' }",
            "previous_password"),
        Arguments.of("hmac-auth", "{ key_id: acme-id, secret_key: 'SECRET' }", "secret_key"),
        Arguments.of("hmac-auth", "{ key_id: 'SECRET', secret_key: sk }", "key_id"),
        Arguments.of("jwt-auth", jwt, "secret"),
        Arguments.of("jwt-auth", jwt.replace("acme-id", "SECRET"), "key"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void placeholderWhereASecretBelongs_stopsTheStart(String plugin, String settings, String name) {
    for (String text :
        List.of("$SUPABASE_SERVICE_KEY_OF_32_BYTES", "${A_KEY_OF_32_BYTES_OR_SO_}")) {
      read(plugin, settings.replace("SECRET", text), Map.of());
      List<String> found = mistakes.found().stream().map(one -> one.path()).toList();
      assertTrue(
          found.contains("consumers[acme].credentials[main].plugins." + plugin + "." + name),
          found.toString());
      assertTrue(
          found.contains("consumers[inline].plugins." + plugin + "." + name), found.toString());
    }
  }

  @Test
  void placeholderBehindAReference_stopsTheStart() {
    read("key-auth", "{ key: $env://KEY }", Map.of("KEY", "${NOT_REPLACED}"));
    assertTrue(mistakes.found().get(0).toString().contains("$text+env://NAME"));
  }

  @Test
  void secretThatReallyLooksLikeThat_hasAnExplicitForm() {
    Configuration file = read("key-auth", "{ key: '$text://$acme-id' }", Map.of());
    assertEquals("[]", mistakes.found().toString());
    assertEquals(
        LookupDigest.plain().of("$acme-id"), file.consumers().get(0).credentials().get(0).lookup());
  }

  @Test
  void verbatimReference_isAcceptedAsItIs() {
    Configuration file =
        read(
            "basic-auth",
            "{ username: acme-id, password: $text+env://PASSWORD }",
            Map.of("PASSWORD", "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac="));
    assertEquals("[]", mistakes.found().toString());
    String stored = password(file);
    assertTrue(stored.startsWith("{argon2id}"), "the text is the password, not a hash");
  }

  @Test
  void hashWithoutAnId_isStoredAsAHash() {
    Configuration file =
        read("basic-auth", "{ username: acme-id, password: '" + BCRYPT + "' }", Map.of());
    assertEquals("[]", mistakes.found().toString());
    assertEquals("{bcrypt}" + BCRYPT, password(file));
  }

  private static String password(Configuration file) {
    return String.valueOf(
        file.consumers().get(0).credentials().get(0).settings().value("password"));
  }

  @Test
  void hashThatCannotBeChecked_stopsTheStart() {
    for (String hash :
        List.of("23e8cc3f607e9b467d30df1416c9dec0fc60d9a0", "user:" + BCRYPT, "{noop}text")) {
      ConfigProblems found = new ConfigProblems();
      read("basic-auth", "{ username: acme-id, password: '" + hash + "' }", Map.of());
      mistakes.found().forEach(found::add);
      String said = found.found().get(found.found().size() - 1).toString();
      assertTrue(said.contains("password") && said.contains("looks like a hash"), said);
      assertTrue(!said.contains(hash), said);
    }
  }

  @Test
  void keyThatNoRequestCanCarry_stopsTheStart() {
    read("key-auth", "{ key: $file:///run/key }", Map.of("/run/key", "acme-key\n\n"));
    assertTrue(mistakes.found().toString().contains("line break"), mistakes.found().toString());
    int before = mistakes.found().size();
    read("key-auth", "{ key: 'acme-key ' }", Map.of());
    assertTrue(mistakes.found().size() > before, "a blank at the end");
    before = mistakes.found().size();
    read("basic-auth", "{ username: acme-id, password: \"pw\\n\" }", Map.of());
    assertTrue(mistakes.found().size() > before, "a password with a line break");
    before = mistakes.found().size();
    read("jwt-auth", "{ key: \"k\\n\", secret: 0123456789012345678901234567890123 }", Map.of());
    assertTrue(mistakes.found().size() > before, "a key with a line break");
  }

  @Test
  void placeholderInCode_stopsTheStart() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ConsumerFilter.builder()
                    .route(r -> r.uri("/*").plugin("key-auth", "{}"))
                    .consumer(
                        "acme", c -> c.credential("main", "key-auth", "{\"key\":\"{{ key }}\"}"))
                    .build());
    assertTrue(String.valueOf(refused.getMessage()).contains("placeholder"));
  }
}
