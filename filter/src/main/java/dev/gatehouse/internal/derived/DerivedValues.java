package dev.gatehouse.internal.derived;

import org.jspecify.annotations.Nullable;

/**
 * An object that stores values computed from it, for example the interceptors of a Consumer.
 *
 * <p>The values are collected together with the object, so no shared table and no bound on its size
 * is needed. A value may be lost and must then be computed again. Implementations hold one volatile
 * reference and must be safe for use by several threads.
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
