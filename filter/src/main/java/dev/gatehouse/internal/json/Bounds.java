package dev.gatehouse.internal.json;

import java.util.Set;

/**
 * The limits of a text that {@link StrictJson} reads. A duplicate member and text after the end are
 * always refused.
 *
 * @param length the maximum number of characters of the text
 * @param depth the maximum number of levels of objects and lists
 * @param values the maximum number of values, because a small text can make a large tree
 * @param numbers the form of numbers
 * @param rules further restrictions
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
