package dev.gatehouse.internal.derived;

import org.jspecify.annotations.Nullable;

/**
 * An object that holds what others derive from it, as the plan of a Consumer's interceptors.
 *
 * <p>Values go with the object, so no table of them needs a bound, and a value is found without a
 * look-up in a shared table. A value may be lost and must then be derived again. Implementations
 * hold one volatile reference and must be safe for use by several threads.
 */
public interface DerivedValues {
  /** Returns the values, or null if there are none. */
  @Nullable Entry derived();

  /** Replaces the values. */
  void setDerived(Entry entry);

  /** One value, linked to those before it. Immutable. */
  final class Entry {
    final DerivedKey<?> key;
    final Object value;
    final @Nullable Entry next;

    Entry(DerivedKey<?> key, Object value, @Nullable Entry next) {
      this.key = key;
      this.value = value;
      this.next = next;
    }
  }
}
