package dev.gatehouse.internal.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.internal.admin.Administration.Document;
import dev.gatehouse.internal.admin.Administration.Imported;
import dev.gatehouse.internal.config.BuiltInPlugins;
import dev.gatehouse.internal.config.ConfigText;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.store.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Declarative files as other products and their users write them. Each is taken whole, or refused
 * with the name of everything that is in the way.
 */
final class ImportedTextTest {
  private static final String UUID = "59d1ef15-24a5-4373-b957-e8192c15ff6e";

  /** SHA-1 of "open sesame" and the id. */
  private static final String KONG_HASH = "23e8cc3f607e9b467d30df1416c9dec0fc60d9a0";

  private static final String PUBLISHED =
      """
      _format_version: '2.1'
      _transform: true
      consumers:
        - username: DASHBOARD
        - username: anon
          keyauth_credentials:
            - key: ANON
        - username: service_role
          keyauth_credentials:
            - key: SERVICE
      acls:
        - consumer: anon
          group: anon
        - consumer: service_role
          group: admin
      basicauth_credentials:
        - consumer: DASHBOARD
          username: dash
          password: PASSWORD
      services:
        - name: open
          _comment: 'a note: with a colon'
          url: http://auth:9999/verify
          plugins:
          routes:
            - name: open
              strip_path: true
              paths: [/auth/v1/verify]
      """;

  private static final String DUMP =
      """
      _format_version: "3.0"
      services:
      - host: backend
        id: afe138dc-2d5e-4329-80ff-a0154b634f42
        client_certificate: ~
        tags: ~
      consumers:
      - username: jane
        id: UUID
        custom_id: ~
        created_at: 1734329245
        updated_at: 1734329245
        tags: [migrated, eu]
      - username: empty
        id: 11111111-24a5-4373-b957-e8192c15ff6e
        created_at: 1734329245
        tags: ~
      keyauth_credentials:
      - created_at: 1734329245
        key: 4174348a-9222-4e81-b33e-5d72d2fd7f1e
        tags: ~
        id: 6b9443ae-73f0-4db6-af00-4f1e3a415dbb
        consumer: UUID
        ttl: ~
      basicauth_credentials:
      - username: jane
        password: HASH
        consumer: { id: UUID }
        tags: ~
      acls:
      - group: buyers
        consumer: UUID
        created_at: 1
      hmacauth_credentials:
      - { consumer: jane, username: jane-hmac, secret: jane-secret }
      jwt_secrets:
      - consumer: UUID
        key: https://issuer.example/
        algorithm: HS256
        rsa_public_key: ~
        secret: a-secret-of-more-than-32-bytes-for-jane
      """
          .replace("UUID", UUID)
          .replace("HASH", KONG_HASH);

  private static final String NESTED =
      """
      _format_version: "3.0"
      consumers:
      - username: ariel
        custom_id: partner-7
        acls: [{ group: buyers }, { group: sellers, tags: [x] }]
        keyauth_credentials: [{ key: ariel-key }]
        hmacauth_credentials: [{ username: ariel, secret: ariel-hmac }]
        jwt_secrets: [{ key: ariel-iss, secret: another-secret-of-more-than-32-bytes }]
      """;

  private static final String ADC =
      """
      services: []
      consumers:
        - username: jack
          description: a partner
          labels: { team: [red, blue], tier: gold }
          plugins: { limit-count: { count: 5, time_window: 60, key: consumer_name } }
          credentials:
            - name: primary
              type: key-auth
              labels: { by: [ops] }
              config: { key: jacks-key }
      consumer_groups:
        - name: gold
          plugins: { limit-count: { count: 5, time_window: 60 } }
          consumers:
            - username: jill
              credentials: [{ name: a, type: basic-auth, config: { username: jill, password: pw } }]
      """;

  private static final String APISIX =
      """
      routes:
        - uri: /hi
          upstream: { nodes: { "127.0.0.1:1980": 1 }, type: roundrobin }
          timeout: ~
      plugins:
        - name: key-auth
        - name: http-logger
      consumers:
        - username: john
          create_time: 1700000000
          update_time: 1700000000
          group_id: gold
          plugins: { key-auth: { key: johns-key }, ip-restriction: { whitelist: [127.0.0.1] } }
      #END
      """;

  private final ConfigProblems mistakes = new ConfigProblems();

  private Imported read(String text, String... accepted) {
    InstantSource clock = InstantSource.system();
    PluginServices parts =
        new PluginServices(Profile.STRICT, Stores.localLimits(100), clock, clock);
    Reading reading =
        new Reading(BuiltInPlugins.registry(parts), SecretReferences.none(), LookupDigest.plain());
    return new ImportedText(reading, "gold"::equals)
        .read(new Document(text, true, false, Set.of(accepted)), mistakes);
  }

  private String found() {
    return mistakes.found().stream()
        .map(ConfigProblem::toString)
        .reduce("", (a, b) -> a + b + "\n");
  }

  private static ConsumerEntry of(Imported imported, String username) {
    return imported.consumers().stream()
        .filter(one -> one.consumer().username().equals(username))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> plugins(ConsumerEntry entry) {
    return entry.credentials().stream().map(one -> one.credential().plugin()).sorted().toList();
  }

  @Test
  void placeholdersOfAPublishedFile_areNoSecrets() {
    read(
        PUBLISHED
            .replace("ANON", "$SUPABASE_ANON_KEY")
            .replace("SERVICE", "$SUPABASE_SERVICE_KEY")
            .replace("PASSWORD", "$DASHBOARD_PASSWORD"));
    for (String path :
        List.of(
            "consumers[anon].credentials[key-auth-1].plugins.key-auth.key",
            "consumers[service_role].credentials[key-auth-1].plugins.key-auth.key",
            "consumers[DASHBOARD].credentials[basic-auth-1].plugins.basic-auth.password")) {
      assertTrue(found().contains(path), found());
    }
    assertFalse(found().contains("SUPABASE"), "values are not quoted");
  }

  @Test
  void flatForm_isComplete() {
    Imported imported =
        read(
            PUBLISHED
                .replace("key: ANON", "key: anon-key-1")
                .replace("SERVICE", "service-key-1")
                .replace("PASSWORD", "dash-password"));
    assertEquals("", found());
    assertEquals("anon", of(imported, "anon").consumer().labels().get("groups"));
    assertEquals("admin", of(imported, "service_role").consumer().labels().get("groups"));
    assertEquals(List.of("basic-auth"), plugins(of(imported, "DASHBOARD")));
    assertEquals(List.of("key-auth"), plugins(of(imported, "anon")));
    assertTrue(imported.ignored().contains("services"));
  }

  @Test
  void dumpByIds_isCompleteAndItsHashIsVerified() {
    Imported imported = read(DUMP);
    assertEquals("", found());
    ConsumerEntry jane = of(imported, "jane");
    assertEquals(List.of("basic-auth", "hmac-auth", "jwt-auth", "key-auth"), plugins(jane));
    assertEquals(Map.of("groups", "buyers"), jane.consumer().labels());
    Object password =
        jane.credentials().stream()
            .filter(one -> one.credential().plugin().equals("basic-auth"))
            .findFirst()
            .orElseThrow()
            .settings()
            .value("password");
    assertEquals("{kong}" + UUID + "$" + KONG_HASH, password);
    assertEquals(List.of(), of(imported, "empty").credentials());
    for (String ignored : List.of("services", "consumers[].id", "consumers[].tags")) {
      assertTrue(imported.ignored().contains(ignored), imported.ignored().toString());
    }
  }

  @Test
  void nestedForm_isComplete() {
    Imported imported = read(NESTED);
    assertEquals("", found());
    ConsumerEntry ariel = of(imported, "ariel");
    assertEquals(List.of("hmac-auth", "jwt-auth", "key-auth"), plugins(ariel));
    assertEquals(
        Map.of("custom_id", "partner-7", "groups", "buyers,sellers"), ariel.consumer().labels());
  }

  @Test
  void adc_isCompleteWithListsOfLabelsAndMembersOfGroups() {
    Imported imported = read(ADC);
    assertEquals("", found());
    Consumer jack = of(imported, "jack").consumer();
    assertEquals(Map.of("team", "red,blue", "tier", "gold"), jack.labels());
    assertTrue(jack.plugins().asMap().containsKey("limit-count"));
    ConsumerEntry jill = of(imported, "jill");
    assertEquals("gold", jill.consumer().group().orElseThrow());
    assertEquals(List.of("basic-auth"), plugins(jill));
  }

  @Test
  void apisix_isComplete() {
    Imported imported = read(APISIX);
    assertEquals("", found());
    ConsumerEntry john = of(imported, "john");
    assertEquals(List.of("key-auth"), plugins(john));
    assertTrue(john.consumer().plugins().asMap().containsKey("ip-restriction"));
    assertEquals("gold", john.consumer().group().orElseThrow());
  }

  static Stream<Arguments> restrictions() {
    String jane = "consumers: [{ username: jane, keyauth_credentials: [{ key: k, ttl: 60 }] }]";
    String plain =
        "consumers: [{ username: jane, id: i1, keyauth_credentials: [{ key: k }] MORE }]";
    return Stream.of(
        Arguments.of("an expiry", jane, "ttl"),
        Arguments.of(
            "a plugin in the Consumer's list",
            plain.replace(
                "MORE",
                ", plugins: [{ name: rate-limiting, config: { minute: 5 } }, { name: bot }]"),
            "plugins.rate-limiting"),
        Arguments.of(
            "a plugin among the file's own",
            plain.replace("MORE", "") + "\nplugins: [{ name: acl, consumer: i1 }]",
            "plugins.acl"),
        Arguments.of(
            "a plugin below a service's route",
            plain.replace("MORE", "")
                + "\nservices: [{ routes: [{ plugins: [{ name: ip-restriction, consumer: jane }] }] }]",
            "plugins.ip-restriction"),
        Arguments.of(
            "a group that is not there",
            plain.replace("MORE", ", groups: [{ name: silver }]"),
            "groups.silver"),
        Arguments.of(
            "two groups",
            plain.replace("MORE", ", groups: [{ name: gold }, { name: silver }]"),
            "groups.gold"),
        Arguments.of(
            "a member of a group",
            plain.replace("MORE", "")
                + "\nconsumer_groups: [{ name: bronze, consumers: [{ username: jane }] }]",
            "groups.bronze"),
        Arguments.of(
            "a flat member of a group",
            plain.replace("MORE", "")
                + "\nconsumer_groups: [{ id: g7, name: bronze }]"
                + "\nconsumer_group_consumers: [{ consumer: i1, consumer_group: g7 }]",
            "groups.bronze"),
        Arguments.of(
            "a Credential of a kind that is not known",
            plain.replace("MORE", ", mtls_auth_credentials: [{ subject_name: x }]"),
            "mtls_auth_credentials"),
        Arguments.of(
            "a record of a kind that is not known",
            plain.replace("MORE", "") + "\nquotas: [{ consumer: { username: jane }, limit: 5 }]",
            "quotas"),
        Arguments.of(
            "a plugin that is not known",
            plain.replace("MORE", ", plugins: { traffic-split: {}, http-logger: {} }"),
            "plugins.traffic-split"),
        Arguments.of(
            "an inline Credential of a kind that is not known",
            plain.replace("MORE", ", plugins: { ldap-auth: { user_dn: x } }"),
            "plugins.ldap-auth"),
        Arguments.of(
            "a Credential of ADC of a kind that is not known",
            plain.replace("MORE", ", credentials: [{ name: a, type: ldap-auth, config: {} }]"),
            "credentials.ldap-auth"),
        Arguments.of(
            "a flat Credential of a kind that is not known",
            plain.replace("MORE", "") + "\noauth2_credentials: [{ consumer: jane, name: x }]",
            "oauth2_credentials"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("restrictions")
  void restrictionThatCannotBeCarriedOver_stopsTheImport(String what, String file, String name) {
    read(file);
    assertTrue(found().contains("consumers[jane]." + name + ": "), what + ": " + found());
    assertTrue(found().contains("accept_loss=" + name), found());

    ConfigProblems before = new ConfigProblems();
    mistakes.found().forEach(before::add);
    String[] all =
        before.found().stream()
            .map(one -> one.path().substring("consumers[jane].".length()))
            .toArray(String[]::new);
    ImportedTextTest again = new ImportedTextTest();
    Imported imported = again.read(file, all);
    assertEquals("", again.found());
    assertTrue(imported.lost().contains("consumers[jane]." + name), imported.lost().toString());
  }

  @Test
  void pluginThatRestrictsNothing_isReported() {
    Imported imported =
        read(
            "consumers: [{ username: jane, plugins: [{ name: http-log },"
                + " { name: rate-limiting, enabled: false }] },"
                + " { username: jack, plugins: { kafka-logger: {}, api-breaker: { _meta:"
                + " { disable: true } } } }]");
    assertEquals("", found());
    assertEquals(
        List.of(
            "consumers[].plugins.http-log",
            "consumers[].plugins.rate-limiting",
            "consumers[].plugins.kafka-logger",
            "consumers[].plugins.api-breaker"),
        imported.ignored());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "consumers: [{ username: a }]\nacls: [{ consumer: b, group: g }]", "acls[0].consumer"),
        Arguments.of("consumers: [{ username: a }]\nacls: [{ group: g }]", "acls[0].consumer"),
        Arguments.of("consumers: [{ username: a }]\nacls: { a: g }", "acls"),
        Arguments.of("consumers: [{ username: a, acls: g }]", "consumers[a].acls"),
        Arguments.of(
            "consumers: [{ username: a, custom_id: b }, { username: b }]\n"
                + "keyauth_credentials: [{ consumer: b, key: k }]",
            "keyauth_credentials[0].consumer"),
        Arguments.of("consumers: [{ username: a, nick: b }]", "consumers[a].nick"),
        Arguments.of("consumers: [{ username: a b }]", "username"),
        Arguments.of("consumers: [{ username: a }]\ncredentials: [{ id: x }]", "credentials"),
        Arguments.of(
            "consumers: [{ username: a, labels: { t: ['x,y'] } }]", "consumers[a].labels.t"),
        Arguments.of(
            "consumers: [{ username: a, basicauth_credentials: [{ username: u, password: '"
                + KONG_HASH
                + "' }] }]",
            "consumers[a].credentials[basic-auth-1].plugins.basic-auth.password"),
        Arguments.of("x: &a [1]\nconsumers: [{ username: a }]\ny: *a", "the file"),
        Arguments.of("consumers: [{ username: a }]\nplugins: []\nplugins: [x]", "plugins"),
        Arguments.of("services: []", "consumers"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void ambiguousImports_areReported(String file, String path) {
    read(file);
    assertTrue(
        mistakes.found().stream().anyMatch(one -> one.path().endsWith(path)),
        path + " in " + found());
  }

  @Test
  void largeTreesOfSmallTexts_areBounded() {
    read("consumers: [" + "{},".repeat(ConfigText.MAX_VALUES) + "]");
    assertTrue(found().contains("must hold at most"), found());
    assertTrue(mistakes.found().size() <= 1_000);

    ImportedTextTest many = new ImportedTextTest();
    many.read("consumers: [" + "1,".repeat(15_000) + "]");
    assertEquals(1_000, many.mistakes.found().size());

    ImportedTextTest records = new ImportedTextTest();
    records.read("consumers: [" + "{ username: a },".repeat(ImportedText.MAX_RECORDS + 1) + "]");
    assertTrue(records.found().contains("send several files"), records.found());
  }

  @Test
  void manyPlainPasswords_areRefusedBeforeTheyAreHashed() {
    StringBuilder file = new StringBuilder("consumers:\n");
    for (int i = 0; i <= ImportedText.MAX_PLAIN_PASSWORDS; i++) {
      file.append(
          "- { username: u%d, basicauth_credentials: [{ username: u%d, password: p }] }\n"
              .formatted(i, i));
    }
    Imported imported = read(file.toString());
    assertTrue(found().contains("passwords that are no hashes"), found());
    assertEquals(List.of(), imported.consumers());
  }
}
