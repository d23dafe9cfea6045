package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$SUPABASE_SERVICE_KEY",
        "$name",
        "$$NAME",
        "\\${NAME}",
        "\\$NAME_OF_IT",
        "${NAME}",
        "${NAME:-fallback}",
        "${env:NAME}",
        "${{NAME}}",
        "${{ env \"DECK_KEY\" }}",
        "pre-${NAME}",
        "Bearer $API_KEY",
        "$env:NAME",
        "$(NAME)",
        "{{ .Values.apiKey }}",
        "{{ api_key }}",
        "{{resolve:secretsmanager:x}}",
        "{% raw %}",
        "<%= ENV['KEY'] %>",
        "#{KEY}#",
        "((key))",
        "%KEY%",
        "@KEY@",
        "__KEY__",
        "<YOUR_API_KEY>",
        "[REDACTED]",
        "{ANON_KEY}",
        "{vault://env/key}",
        "{vault://aws/secret/key}",
        "{env.KEY}",
        "{cipher}AQB3",
        "ENC(AbC=)",
        "ENC[AES256_GCM,data:x]",
        "$ANSIBLE_VAULT;1.1;AES256",
        "vault:secret/data/x#key",
        "vault://secret/x",
        "op://vault/item/field",
        "ref+vault://secret/x#/key",
        "env://NAME",
        "file:///run/secrets/key",
        "arn:aws:secretsmanager:eu-west-1:1:secret:x",
        "@Microsoft.KeyVault(SecretUri=https://x)",
        "process.env.KEY",
        "os.environ['KEY']",
        "x$env://KEY",
        "$secret://vault/1/key",
        " ${NAME}\n",
        "***"
      })
  void placeholderOfAnotherSystem_isNoSecret(String text) {
    ConfigProblems mistakes = new ConfigProblems();
    SettingsReader reader = PluginSettings.of(Map.of("key", text)).read("p", mistakes);
    Secret read = reader.requiredSecret("key");
    assertEquals(1, mistakes.found().size(), text);
    String said = mistakes.found().get(0).toString();
    assertTrue(said.startsWith("p.key"), said);
    assertTrue(said.contains("$env://NAME") && said.contains("$text://"), said);
    assertEquals(Optional.empty(), Secret.verbatim(text).placeholder());
    assertEquals(read, Secret.verbatim(text), "the same text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme-demo-key-7Qd2",
        "gh_aB3dE6gH_0123456789abcdef0123456789abcdef_a1b2c3",
        "4174348a-9222-4e81-b33e-5d72d2fd7f1e",
        "https://issuer.example/",
        "pa$$w0rd",
        "5$a",
        "a<b>c",
        "x%y%z",
        "user@host",
        "$2y$05$abcdefghijklmnopqrstuuZ5x1Yr1Yr1Yr1Yr1Yr1Yr1Yr1Yr1Yr1",
        "{SSHA}abcdefghijklmnopqrstuvwxyz012345",
        "eyJhbGciOiJIUzI1NiJ9.e30.x_y-z",
        "Zm9v+/==",
        "p{a}ss",
        "correct horse battery staple"
      })
  void secretThatIsNoPlaceholder_isTaken(String text) {
    ConfigProblems mistakes = new ConfigProblems();
    SettingsReader reader = PluginSettings.of(Map.of("key", text)).read("p", mistakes);
    assertEquals(text, reader.requiredSecret("key").reveal());
    assertEquals("[]", mistakes.found().toString());
  }

  @Test
  void verbatimSecret_staysVerbatimWhenRead() {
    PluginSettings settings = PluginSettings.of(Map.of("key", Secret.verbatim("$NAME")));
    assertTrue(settings.read("p", new ConfigProblems()).requiredSecret("key").isVerbatim());
    assertFalse(Secret.of("$NAME").isVerbatim());
  }
}
