package dev.gatehouse.contract;

import com.tngtech.archunit.core.domain.JavaField;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.MessageDigest;
import java.security.Signature;
import java.text.Format;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Checks the value of a static field, because its type does not show whether a list is immutable.
 */
final class MutableValue {
  private static final List<Class<?>> CHANGING =
      List.of(
          ThreadLocal.class,
          MessageDigest.class,
          Signature.class,
          Mac.class,
          Cipher.class,
          Random.class,
          Appendable.class,
          Date.class,
          Calendar.class,
          Format.class);

  private MutableValue() {}

  static boolean isIn(JavaField declared) {
    Field field = declared.reflect();
    Object value = valueOf(field);
    if (value == null || value instanceof Enum<?>) {
      return false;
    }
    if (value.getClass().isArray()) {
      return !Modifier.isPrivate(field.getModifiers());
    }
    return changes(value);
  }

  private static boolean changes(Object value) {
    String type = value.getClass().getName();
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      return !type.matches(
          "java\\.util\\.(ImmutableCollections|Collections\\$(Unmodifiable|Empty|Singleton)).*");
    }
    if (type.startsWith("dev.gatehouse.")) {
      return Stream.of(value.getClass().getDeclaredFields())
          .anyMatch(f -> (f.getModifiers() & (Modifier.STATIC | Modifier.FINAL)) == 0);
    }
    return type.startsWith("java.util.concurrent.")
        || type.startsWith("com.github.benmanes.caffeine.")
        || CHANGING.stream().anyMatch(kind -> kind.isInstance(value));
  }

  private static @Nullable Object valueOf(Field field) {
    try {
      field.setAccessible(true);
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("no module hides our own fields", e);
    }
  }
}
