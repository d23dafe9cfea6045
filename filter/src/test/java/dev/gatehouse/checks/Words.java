package dev.gatehouse.checks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words and phrases that are looked for in texts. */
final class Words {
  /** Words that a reader of plain technical English does not expect. */
  static final Pattern IDIOM =
      Pattern.compile(
          "\\b(whoever|whom|nobody|somebody|told|tells?|heed\\w*|stands?|kept|keeps?|who|anew|likewise"
              + "|nevertheless)\\b");

  /** A page that readers of the repository do not have. */
  static final Pattern CITATION =
      Pattern.compile(
          "\\b(reference|security|limits|platform|design)\\s+(section\\s+)?[a-z]?\\d+(\\.\\d+)*\\b");

  private static final Pattern RETURNS = Pattern.compile("\\breturns?\\b");
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  private Words() {}

  /** Returns how often each match occurs, sorted. */
  static Map<String, Long> count(Pattern pattern, Collection<String> texts) {
    return texts.stream()
        .flatMap(text -> pattern.matcher(text.toLowerCase(Locale.ROOT)).results())
        .collect(Collectors.groupingBy(MatchResult::group, TreeMap::new, Collectors.counting()));
  }

  /** Returns how many matches there are. */
  static int total(Pattern pattern, Collection<String> texts) {
    return count(pattern, texts).values().stream().mapToInt(Long::intValue).sum();
  }

  /** Returns how often "return" and "returns" occur in a thousand words. */
  static double returns(List<String> texts) {
    return 1000.0 * total(RETURNS, texts) / Math.max(1, total(WORD, texts));
  }

  /** Returns a name of Java as words: {@code acquire_whenOver_isRefused} has five. */
  static String spaced(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ');
  }
}
