package dev.gatehouse.internal.jpa.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written as text or number is read back as it was. */
final class StoredJsonProperties {

  @Property(tries = 300)
  void settings_readBackExactly(@ForAll("trees") Map<String, Object> tree) {
    PluginSettings settings = PluginSettings.of(tree);
    String text = StoredJson.ofSettings("x", settings);

    assertEquals(settings, StoredJson.settings(text));
    assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 127), text);
    PluginSet plugins = PluginSet.of(Map.of("limit-count", settings));
    assertEquals(plugins, StoredJson.plugins(StoredJson.ofPlugins(plugins)));
  }

  @Property
  void times_readBackToTheMicrosecond(@ForAll("instants") Instant instant) {
    assertEquals(
        instant.truncatedTo(ChronoUnit.MICROS), StoredTime.instant(StoredTime.micros(instant)));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-9_000_000_000_000L, 9_000_000_000_000L)
        .flatMap(
            seconds ->
                Arbitraries.longs()
                    .between(0, 999_999_999)
                    .map(nanos -> Instant.ofEpochSecond(seconds, nanos)));
  }

  @Provide
  Arbitrary<Map<String, Object>> trees() {
    return Arbitraries.maps(Arbitraries.strings().ofMaxLength(8), values(3)).ofMaxSize(4);
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().all().ofMaxLength(20).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.of("1.50", "1E+400", "-0.000001", "123456789012345678901234")
                .map(BigDecimal::new)
                .asGeneric());
    return depth == 0
        ? leaf
        : Arbitraries.oneOf(
            leaf,
            values(depth - 1).list().ofMaxSize(3).asGeneric(),
            Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), values(depth - 1))
                .ofMaxSize(3)
                .asGeneric());
  }
}
