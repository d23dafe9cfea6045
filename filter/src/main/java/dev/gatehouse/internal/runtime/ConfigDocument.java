package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.ConfigSource;
import dev.gatehouse.internal.config.ConfigText;
import dev.gatehouse.internal.config.Utf8Files;
import dev.gatehouse.settings.ConfigProblems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A configuration file, parsed once for all that an application needs of it at its start.
 *
 * @param source the file
 * @param text the text of the file; "" if the file cannot be read
 * @param tree the parsed text; empty if the text cannot be parsed
 */
record ConfigDocument(ConfigSource source, String text, Optional<Map<String, Object>> tree) {
  /** Reads a file. */
  static ConfigDocument read(ConfigSource source, ConfigProblems problems) {
    ConfigProblems unreadable = new ConfigProblems();
    String text = Utf8Files.of(source, unreadable);
    unreadable.found().forEach(problems::add);
    return new ConfigDocument(
        source,
        text,
        unreadable.found().isEmpty()
            ? ConfigText.file(source.name(), text, problems)
            : Optional.empty());
  }

  /**
   * Returns the patterns of the Routes, which nodes of one application have in common and other
   * applications rarely have.
   */
  String routePatterns() {
    return tree.map(members -> members.get("routes"))
        .map(routes -> routes instanceof List<?> list ? patterns(list) : "")
        .orElse("");
  }

  private static String patterns(List<?> routes) {
    return routes.stream()
        .map(route -> route instanceof Map<?, ?> map ? String.valueOf(map.get("uris")) : "")
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
