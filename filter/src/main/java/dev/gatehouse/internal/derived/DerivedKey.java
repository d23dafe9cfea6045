package dev.gatehouse.internal.derived;

import org.jspecify.annotations.Nullable;

/**
 * The key of one kind of derived value; keys are compared by identity.
 *
 * <p>An object holds at most {@value #MAX_VALUES} values. When another one is added, all earlier
 * ones are removed, including those of keys that are no longer used. Safe for use by several
 * threads.
 *
 * @param <V> the type of the values
 */
public final class DerivedKey<V> {
  private static final int MAX_VALUES = 16;

  /**
   * Returns the value that an object holds.
   *
   * @return the value, or null if there is none
   */
  @SuppressWarnings("unchecked") // Only put adds an entry, and its value has the type of its key.
  public @Nullable V get(DerivedValues object) {
    for (DerivedValues.Entry entry = object.derived(); entry != null; entry = entry.next) {
      if (entry.key == this) {
        return (V) entry.value;
      }
    }
    return null;
  }

  /**
   * Stores a value in an object and replaces an earlier one. If two threads store values at the
   * same time, one of the two may be lost.
   */
  public void put(DerivedValues object, V value) {
    DerivedValues.Entry others = null;
    int size = 0;
    for (DerivedValues.Entry entry = object.derived(); entry != null; entry = entry.next) {
      if (entry.key != this) {
        others = new DerivedValues.Entry(entry.key, entry.value, others);
        size++;
      }
    }
    object.setDerived(new DerivedValues.Entry(this, value, size < MAX_VALUES ? others : null));
  }
}
