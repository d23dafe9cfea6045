package dev.gatehouse.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what is counted with what is allowed. An exception may only shrink. */
final class Budget {
  private Budget() {}

  /**
   * Returns what is larger than the limit, or larger than its exception, and each exception that no
   * longer is one.
   *
   * @param sizes the size of each part by its name
   * @param limit the largest size of all others
   * @param exceptions the allowed size of parts that are above the limit
   */
  static List<String> over(Map<String, Integer> sizes, int limit, Map<String, Integer> exceptions) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(sizes)
        .forEach(
            (name, size) -> {
              int most = exceptions.getOrDefault(name, limit);
              if (size > most) {
                problems.add(name + " has " + size + ", at most " + most);
              }
            });
    for (String name : new TreeSet<>(exceptions.keySet())) {
      int size = sizes.getOrDefault(name, 0);
      if (size <= limit) {
        problems.add(name + " has " + size + ": remove it from the exceptions");
      }
    }
    return problems;
  }

  /**
   * Returns what is wrong with a count that may only shrink: it is above its budget, or more than a
   * tenth below.
   */
  static List<String> shrinking(int count, int budget, Object places) {
    if (count > budget) {
      return List.of("at most " + budget + ", now " + count + ": " + places);
    }
    boolean loose = budget - count > budget / 10;
    return loose
        ? List.of("at most " + budget + ", now " + count + ": lower the number")
        : List.of();
  }
}
