package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConfigException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instants as whole microseconds since 1970, rounded down.
 *
 * <p>Not a timestamp column, because drivers shift those by the time zone of the machine and lose
 * the hour that a change of summer time repeats.
 */
public final class StoredTime {
  private StoredTime() {}

  /** The stored form; years from -290000 to 290000. */
  public static long micros(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    } catch (ArithmeticException e) {
      throw new ConfigException("", "the time " + instant + " is too far away to be stored");
    }
  }

  static @Nullable Long orNull(Optional<Instant> instant) {
    return instant.map(StoredTime::micros).orElse(null);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
