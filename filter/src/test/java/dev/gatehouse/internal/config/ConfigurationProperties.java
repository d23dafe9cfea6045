package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatehouse.settings.ConfigProblems;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ConfigurationProperties {
  private static final String SECRET = "s3cr3t";
  private static final List<String> VALUES =
      List.of(
          "{}",
          "[]",
          "5",
          "-1",
          "1.5",
          "true",
          "~",
          "''",
          "x",
          "[/a]",
          "[x, 5]",
          "[{}]",
          "{a: b}",
          "{key-auth: {}}",
          "{key-auth: {key: " + SECRET + "}}",
          "{key-auth: " + SECRET + "}",
          "{key-auth: {key: [" + SECRET + "]}}",
          "{key-auth: {key: {a: " + SECRET + "}}}",
          "{limit-count: {count: 5}}",
          "{kye-auth: {key: " + SECRET + "}}",
          "$env://NONE",
          "{key-auth: {key: $env://KEY}}",
          "{key-auth: {key: $env://NONE}}",
          "$env://NAME",
          "{key-auth: {key: $vault://" + SECRET + "}}",
          "2030-01-01T00:00:00Z",
          "a b");
  private static final List<String> NAMES =
      List.of(
          "name",
          "uris",
          "methods",
          "plugins",
          "username",
          "desc",
          "labels",
          "credentials",
          "id",
          "not_before",
          "expires_at",
          "disabled",
          "other");

  @Property(tries = 2000)
  void anyDocument_isReadOrRefusedAndShowsNoSecret(
      @ForAll("objects") String route,
      @ForAll("objects") String consumer,
      @ForAll("objects") String credential) {
    ConfigProblems mistakes = new ConfigProblems();
    Configuration file =
        Configuration.read(
            "f.yaml",
            "routes: [%s]%nconsumers: [%s, {username: acme, credentials: [%s]}]"
                .formatted(route, consumer, credential),
            TestPlugins.reading(Map.of("KEY", SECRET, "NAME", "plain")),
            mistakes);
    assertFalse(mistakes.found().toString().contains(SECRET), mistakes.found()::toString);
    assertFalse(file.toString().contains(SECRET), file::toString);
  }

  @Property(tries = 300)
  void manyKeys_areAllFoundAndNoneIsDoubled(@ForAll("counts") int count) {
    StringBuilder text = new StringBuilder("consumers:\n");
    for (int i = 0; i < count; i++) {
      text.append(
          "  - {username: c%d, credentials: [{name: k, plugins: {key-auth: {key: k%d}}}]}%n"
              .formatted(i, i));
    }
    ConfigProblems mistakes = new ConfigProblems();
    Configuration file =
        Configuration.read("f.yaml", text.toString(), TestPlugins.reading(Map.of()), mistakes);
    assertEquals(List.of(), mistakes.found());
    assertEquals(
        count,
        file.consumers().stream().map(c -> c.credentials().get(0).lookup()).distinct().count());
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(1, 60);
  }

  @Provide
  Arbitrary<String> objects() {
    return Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.of(VALUES))
        .ofMaxSize(5)
        .map(
            members ->
                members.entrySet().stream()
                    .map(member -> member.getKey() + ": " + member.getValue())
                    .reduce((a, b) -> a + ", " + b)
                    .map(body -> "{" + body + "}")
                    .orElse("{}"));
  }
}
