package dev.gatehouse.internal.json;

import java.util.Set;

/**
 * What {@link StrictJson} accepts in one place. A member given twice and text after the end are
 * never accepted.
 *
 * @param length the most characters of the text
 * @param depth the most levels of objects and lists
 * @param values the most values: a small text can make a large tree
 * @param numbers the form of numbers
 * @param rules what else holds
 */
public record Bounds(int length, int depth, int values, NumberForm numbers, Set<Rule> rules) {
  /** A restriction that holds in some places. */
  public enum Rule {
    /** Names have 1 to 256 characters, none of them a control character. */
    PLAIN_NAMES,
    /** Surrogates come in pairs. */
    PAIRED_SURROGATES,
    /** No value is null. */
    NO_NULLS,
    /** A member that is null counts as not given. */
    NULL_IS_ABSENT
  }

  /** Copies the rules. */
  public Bounds {
    rules = Set.copyOf(rules);
  }

  /** Returns bounds for a text of any length, without restrictions of numbers, names and nulls. */
  public static Bounds ofDepth(int depth) {
    return new Bounds(Integer.MAX_VALUE, depth, Integer.MAX_VALUE, NumberForm.ANY, Set.of());
  }

  /** Returns the same bounds for other numbers. */
  public Bounds with(NumberForm other) {
    return new Bounds(length, depth, values, other, rules);
  }

  boolean has(Rule rule) {
    return rules.contains(rule);
  }
}
