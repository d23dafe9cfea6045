package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConfigException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instants as whole microseconds since 1970, rounded down.
 *
 * <p>Timestamp columns are not used: drivers shift them by the time zone of the machine and lose
 * the repeated hour at the end of summer time.
 */
public final class StoredTime {
  private StoredTime() {}

  /** Returns the stored form; years from -290000 to 290000. */
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
