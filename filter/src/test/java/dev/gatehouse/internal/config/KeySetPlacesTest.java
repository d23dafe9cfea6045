package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.admin.Administration.Document;
import dev.gatehouse.internal.imports.ImportedText;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places of key sets that a client of the Admin API may not name. */
final class KeySetPlacesTest {
  private static final String HOST_MISTAKE =
      "must be on a host that gatehouse.admin.jwks-hosts lists;"
          + " local addresses are for the configuration file only";

  private static Reading reading() {
    InstantSource clock = InstantSource.system();
    PluginServices parts =
        new PluginServices(Profile.STRICT, Stores.localLimits(100), clock, clock);
    return new Reading(
        BuiltInPlugins.registry(parts),
        SecretReferences.none(),
        LookupDigest.plain(),
        new KeySetPlaces(Set.of("idp.example")));
  }

  private static List<String> written(String name, String value) {
    Map<String, Object> settings =
        Map.of("key", "k", "algorithm", "RS256", "audience", "orders", name, value);
    ConfigProblems mistakes = new ConfigProblems();
    int read =
        new CredentialReader(reading(), mistakes, new ArrayList<>())
            .read(
                new CredentialReader.Owner("c", "acme"),
                List.of(Map.of("name", "main", "plugins", Map.of("jwt-auth", settings))))
            .size();
    assertEquals(mistakes.found().isEmpty() ? 1 : 0, read);
    return mistakes.found().stream().map(ConfigProblem::message).toList();
  }

  @Test
  void fileOverTheAdminApi_isRefusedWithoutSayingWhetherItExists(@TempDir Path folder)
      throws Exception {
    Path there = Files.writeString(folder.resolve("there"), "x");
    for (String file :
        List.of(there.toString(), folder + "/absent", folder.toString(), "/dev/zero", "a\0b")) {
      assertEquals(List.of("is for the configuration file only"), written("jwks_file", file), file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:22/",
        "http://localhost/",
        "https://localhost:8443/keys",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://169.254.169.254/latest",
        "https://0.0.0.0/",
        "https://[::ffff:127.0.0.1]/",
        "https://other.example/",
        "https://idp.example.evil.example/",
        "https://idp.example@other.example/",
        "https://2130706433/",
        "not a uri"
      })
  void addressOverTheAdminApi_thatIsNotListed_isRefused(String uri) {
    assertEquals(List.of(HOST_MISTAKE), written("jwks_uri", uri));
  }

  @Test
  void addressOverTheAdminApi_thatIsListed_isAccepted() {
    assertEquals(List.of(), written("jwks_uri", "https://idp.example/keys"));
    assertEquals(List.of(), written("jwks_uri", "https://IDP.example:8443/keys?key=s"));
  }

  @Test
  void storedFormOfAnImport_namesNoFileAndNoLocalAddressEither() {
    for (String place : List.of("jwks_file: /etc/passwd", "jwks_uri: 'http://127.0.0.1:22/'")) {
      ConfigProblems mistakes = new ConfigProblems();
      String text =
          "consumers: [{ username: acme, credentials: [{ id: main, name: main,"
              + " plugins: { jwt-auth: {} }, stored: { lookup: '"
              + "a".repeat(64)
              + "', settings: { algorithm: RS256, audience: orders, "
              + place
              + " } } }] }]\n";
      new ImportedText(reading(), id -> false)
          .read(new Document(text, true, true, Set.of()), mistakes);
      assertTrue(
          mistakes.found().stream().anyMatch(one -> one.message().contains("configuration file")),
          mistakes.found().toString());
    }
  }
}
