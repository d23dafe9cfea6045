package dev.gatehouse.contract;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to read the machine's clock. */
final class ClockReads {
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

  private ClockReads() {}

  static boolean isOne(AccessTarget target) {
    if (!(target instanceof CodeUnitAccessTarget unit)) {
      return false;
    }
    String owner = unit.getOwner().getName();
    String name = unit.getName();
    boolean parameterless = unit.getRawParameterTypes().isEmpty();
    boolean created = name.equals(JavaConstructor.CONSTRUCTOR_NAME);
    if (owner.equals("java.lang.System")) {
      return name.equals("currentTimeMillis") || name.equals("nanoTime");
    }
    if (owner.equals("java.util.Date") || owner.equals("java.util.GregorianCalendar")) {
      return created && parameterless;
    }
    if (owner.equals("java.util.Calendar")) {
      return name.equals("getInstance");
    }
    return owner.startsWith("java.time.") && isOfJavaTime(unit);
  }

  /** Reads nothing by itself, but a class that uses it no longer takes time as a parameter. */
  static boolean isSource(AccessTarget target) {
    return target.getOwner().getName().startsWith("java.time.")
        && target
            .getName()
            .matches("system|systemUTC|systemDefaultZone|tick(Millis|Seconds|Minutes)");
  }

  /** A cache that expires and has no ticker reads the clock by itself. */
  static Stream<String> hidden(JavaClass c) {
    Set<String> calls =
        c.getAccessesFromSelf().stream()
            .map(JavaAccess::getTarget)
            .filter(target -> target.getOwner().getName().equals(CAFFEINE))
            .map(AccessTarget::getName)
            .collect(Collectors.toSet());
    boolean expires = calls.stream().anyMatch(n -> n.startsWith("expire") || n.startsWith("refr"));
    return expires && !calls.contains("ticker")
        ? Stream.of("lets a cache expire without a ticker")
        : Stream.empty();
  }

  private static boolean isOfJavaTime(CodeUnitAccessTarget unit) {
    return (unit.getName().equals("now") || unit.getName().equals("dateNow"))
        && unit.getRawParameterTypes().stream()
            .noneMatch(p -> p.getName().equals("java.time.Clock"));
  }
}
