package dev.gatehouse.internal.imports;

import dev.gatehouse.settings.ConfigProblems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an import cannot carry over. What restricts a Consumer is a mistake unless the request
 * accepts the loss by its name; what restricts nothing is only reported. Used once, by one thread.
 */
final class Losses {
  private static final int MAX_NAMES = 1_000;

  private final Set<String> accepted;
  private final ConfigProblems mistakes;
  private final Set<String> lost = new LinkedHashSet<>();
  private final Set<String> ignored = new LinkedHashSet<>();

  /**
   * Creates an empty list.
   *
   * @param accepted names of losses that the request accepts
   * @param mistakes receives the others
   */
  Losses(Set<String> accepted, ConfigProblems mistakes) {
    this.accepted = accepted;
    this.mistakes = mistakes;
  }

  /**
   * Adds what is lost although a Consumer needs it: a restriction, or a Credential.
   *
   * @param consumer the path of the Consumer
   * @param name what is lost, as {@code plugins.rate-limiting}
   */
  void add(String consumer, String name) {
    String shown = Shown.name(name);
    if (accepted.contains(shown)) {
      put(lost, consumer + "." + shown);
    } else {
      mistakes.add(
          consumer + "." + shown,
          "cannot be carried over; accept_loss=" + shown + " imports the Consumer without it");
    }
  }

  /** Adds what restricts nothing. */
  void ignore(String name) {
    put(ignored, Shown.name(name));
  }

  /** An answer does not grow without bound. */
  private static void put(Set<String> names, String name) {
    if (names.size() < MAX_NAMES) {
      names.add(name);
    }
  }

  /** What was lost and accepted, with the Consumer. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** What restricts nothing, each name once. */
  List<String> ignored() {
    return List.copyOf(ignored);
  }

  /** Names of a file go into answers, so they are short and hold no control characters. */
  private static final class Shown {
    private static final int MAX_LENGTH = 100;

    static String name(String name) {
      String printable = name.replaceAll("[^ -~]", "?");
      return printable.length() > MAX_LENGTH ? printable.substring(0, MAX_LENGTH) : printable;
    }
  }
}
