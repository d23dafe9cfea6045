package dev.gatehouse.internal.imports;

import dev.gatehouse.settings.ConfigProblems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an import cannot carry over. The loss of a restriction is a problem unless the request
 * accepts it by name; other losses are reported. Single use; not safe for use by several threads.
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
   * @param accepted the names of accepted losses
   * @param mistakes receives the others
   */
  Losses(Set<String> accepted, ConfigProblems mistakes) {
    this.accepted = accepted;
    this.mistakes = mistakes;
  }

  /**
   * Adds the loss of a restriction or a Credential.
   *
   * @param consumer the path of the Consumer
   * @param name the name of the loss, such as {@code plugins.rate-limiting}
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

  /** Adds a loss that restricts nothing. */
  void ignore(String name) {
    put(ignored, Shown.name(name));
  }

  /** Bounds the size of an answer. */
  private static void put(Set<String> names, String name) {
    if (names.size() < MAX_NAMES) {
      names.add(name);
    }
  }

  /** Returns the accepted losses with their Consumers. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** Returns the distinct losses that restrict nothing. */
  List<String> ignored() {
    return List.copyOf(ignored);
  }

  /** Shortens a name of the file for an answer and removes control characters. */
  private static final class Shown {
    private static final int MAX_LENGTH = 100;

    static String name(String name) {
      String printable = name.replaceAll("[^ -~]", "?");
      return printable.length() > MAX_LENGTH ? printable.substring(0, MAX_LENGTH) : printable;
    }
  }
}
