package dev.gatehouse;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.gatehouse.contract.CodeRule;
import dev.gatehouse.contract.CodeRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packages of this module and their allowed dependencies: the table of docs/architecture.md.
 */
final class RoomRules {
  static final Set<String> CLOCKS = Set.of("dev.gatehouse.internal.runtime.MonotonicClock");

  private static final String[] SPI = {
    "", "settings", "spi.plugin", "spi.store", "spi.limit", "internal.json"
  };

  static final List<Room> ROOMS =
      List.of(
          room("internal.derived"),
          room("").knows("settings", "internal.derived"),
          room("settings").knows("", "internal.json"),
          room("internal.json")
              .uses(
                  "com.fasterxml.jackson.core",
                  "com.fasterxml.jackson.dataformat.yaml",
                  "org.yaml.snakeyaml"),
          room("spi.event").knows(""),
          room("spi.store").knows("", "settings", "spi.event"),
          room("spi.limit").knows("settings", "spi.plugin"),
          room("spi.plugin").knows("", "settings", "spi.store", "spi.limit", "internal.http"),
          room("internal.http").uses("jakarta.servlet"),
          room("internal.store").knows(SPI).uses("javax.crypto"),
          room("internal.store.cache")
              .knows(SPI)
              .knows("spi.event", "internal.store")
              .uses("com.github.benmanes.caffeine"),
          room("store")
              .knows(SPI)
              .knows("internal.store", "internal.limit.window", "internal.limit.cluster"),
          room("internal.auth")
              .knows(SPI)
              .knows(
                  "internal.http",
                  "internal.auth.password",
                  "internal.auth.hmac",
                  "internal.auth.jwt"),
          room("internal.auth.password")
              .knows(SPI)
              .knows("internal.http", "internal.store")
              .uses(
                  "javax.crypto",
                  "com.github.benmanes.caffeine",
                  "org.bouncycastle.crypto",
                  "org.apache.commons.codec.digest"),
          room("internal.auth.hmac")
              .knows(SPI)
              .knows("internal.http", "internal.store")
              .uses("javax.crypto", "com.github.benmanes.caffeine"),
          room("internal.auth.jwt")
              .knows(SPI)
              .knows("internal.http", "internal.store")
              .uses(
                  "javax.crypto",
                  "com.github.benmanes.caffeine",
                  "org.bouncycastle.math.ec.rfc8032"),
          room("internal.plugin").knows(SPI),
          room("internal.engine")
              .knows("internal.plugin")
              .knows(SPI)
              .knows("spi.event", "internal.derived", "internal.http", "internal.store")
              .uses("com.github.benmanes.caffeine"),
          room("internal.limit.window").knows("spi.limit").uses("com.github.benmanes.caffeine"),
          room("internal.limit.cluster")
              .knows(SPI)
              .knows("internal.limit.window", "internal.store", "store")
              .uses(
                  "com.github.benmanes.caffeine",
                  "io.lettuce.core",
                  "io.netty.util.concurrent",
                  "com.hazelcast",
                  "javax.naming"),
          room("internal.limit")
              .knows("internal.plugin")
              .knows(SPI)
              .knows("internal.derived", "internal.engine", "internal.http"),
          room("internal.restrict")
              .knows(SPI)
              .knows("internal.http", "internal.limit")
              .uses("com.fasterxml.jackson", "com.google.re2j", "com.networknt.schema"),
          room("admin").knows(SPI).knows("spi.event", "internal.admin").uses("jakarta.servlet"),
          room("internal.admin")
              .knows(SPI)
              .knows("spi.event", "internal.http")
              .uses("jakarta.servlet"),
          room("internal.property")
              .knows(SPI)
              .knows(
                  "store",
                  "internal.admin",
                  "internal.config",
                  "internal.http",
                  "internal.limit.cluster",
                  "internal.request",
                  "internal.store")
              .uses("jakarta.servlet", "org.eclipse.microprofile.config"),
          room("internal.config")
              .knows("internal.plugin")
              .knows(SPI)
              .knows(
                  "internal.auth",
                  "internal.engine",
                  "internal.property",
                  "internal.restrict",
                  "internal.store")
              .uses("jakarta.servlet"),
          room("internal.imports")
              .knows("internal.plugin")
              .knows(SPI)
              .knows("internal.admin", "internal.config", "internal.engine"),
          room("internal.request")
              .knows(SPI)
              .knows(
                  "servlet",
                  "internal.engine",
                  "internal.http",
                  "internal.restrict",
                  "internal.runtime",
                  "internal.store")
              .uses("jakarta.servlet", "org.apache.tomcat.websocket"),
          room("internal.start")
              .knows(SPI)
              .knows("servlet", "internal.config", "internal.property", "internal.runtime")
              .uses("jakarta.servlet"),
          room("internal.runtime")
              .knows("internal.plugin", "internal.start")
              .knows(SPI)
              .knows(
                  "spi.event",
                  "servlet",
                  "store",
                  "internal.admin",
                  "internal.config",
                  "internal.engine",
                  "internal.http",
                  "internal.imports",
                  "internal.limit.cluster",
                  "internal.property",
                  "internal.request",
                  "internal.store.cache",
                  "internal.restrict",
                  "internal.store")
              .uses("jakarta.servlet", "javax.xml.stream"),
          room("servlet")
              .knows("internal.start")
              .knows(SPI)
              .knows(
                  "spi.event",
                  "store",
                  "internal.admin",
                  "internal.config",
                  "internal.engine",
                  "internal.http",
                  "internal.request",
                  "internal.runtime",
                  "internal.store")
              .uses("jakarta.servlet"));

  /** Libraries that only the listed classes may use. */
  private static final Map<String, Set<String>> ONLY_KNOWN_TO =
      Map.of(
          "io.jsonwebtoken", Set.of("dev.gatehouse.internal.auth.jwt.JwtAuth"),
          "org.apache.commons.codec", Set.of("dev.gatehouse.internal.auth.password.CryptHash"),
          "org.yaml.snakeyaml",
              Set.of(
                  "dev.gatehouse.internal.json.TextFormat",
                  "dev.gatehouse.internal.json.YamlProblem"),
          "javax.xml.stream", Set.of("dev.gatehouse.internal.runtime.DeclaredRoles"),
          "io.lettuce",
              Set.of(
                  "dev.gatehouse.internal.limit.cluster.RedisSlots",
                  "dev.gatehouse.internal.limit.cluster.RedisHints",
                  "dev.gatehouse.internal.limit.cluster.RedisProvider"),
          "org.apache.tomcat.websocket", Set.of("dev.gatehouse.internal.request.TomcatWebSocket"),
          "com.fasterxml.jackson",
              Set.of(
                  "dev.gatehouse.internal.json.StrictJson",
                  "dev.gatehouse.internal.json.TextFormat",
                  "dev.gatehouse.internal.json.TreeReader",
                  "dev.gatehouse.internal.restrict.JsonSchemaCheck"),
          "com.networknt.schema", Set.of("dev.gatehouse.internal.restrict.JsonSchemaCheck"),
          "com.hazelcast",
              Set.of(
                  "dev.gatehouse.internal.limit.cluster.HazelcastSlots",
                  "dev.gatehouse.internal.limit.cluster.HazelcastHints",
                  "dev.gatehouse.internal.limit.cluster.HazelcastProvider"),
          "org.eclipse.microprofile.config",
              Set.of("dev.gatehouse.internal.property.MicroProfileProperties"));

  /** Packages that may depend on each other; each set counts as one package in the cycle rule. */
  private static final List<Set<String>> GROUPS =
      List.of(
          Set.of("", "settings"),
          Set.of("spi.plugin", "spi.limit"),
          Set.of("store", "internal.limit.cluster"),
          Set.of(
              "servlet",
              "internal.config",
              "internal.imports",
              "internal.property",
              "internal.request",
              "internal.runtime",
              "internal.start"));

  private RoomRules() {}

  private static Room room(String name) {
    return new Room(name, Set.of(), Set.of());
  }

  static List<CodeRule> all() {
    Stream<CodeRule> own =
        Stream.of(
            CodeRule.each("packages know their neighbours", RoomRules::breaches),
            CodeRule.each("a library has one door", RoomRules::strangers),
            CodeRule.each("classes are final or sealed", RoomRules::open),
            CodeRule.each("the body stays unread", RoomRules::readsParameters),
            CodeRule.each("we write our own errors", RoomRules::sendsError),
            new CodeRule("packages have no cycles", RoomRules::cycles));
    return Stream.concat(own, CodeRules.common(CLOCKS, CLOCKS).stream()).toList();
  }

  private static Stream<String> breaches(JavaClass c) {
    return ROOMS.stream().flatMap(room -> room.breaches(c));
  }

  private static Stream<String> strangers(JavaClass c) {
    return c.getDirectDependenciesFromSelf().stream()
        .map(d -> d.getTargetClass().getBaseComponentType())
        .filter(
            target ->
                ONLY_KNOWN_TO.entrySet().stream()
                    .anyMatch(
                        only ->
                            target.getPackageName().startsWith(only.getKey())
                                && !only.getValue().contains(Room.outermost(c))))
        .map(target -> "knows " + target.getName())
        .distinct();
  }

  private static Stream<String> open(JavaClass c) {
    return c.isInterface()
            || c.isEnum()
            || c.isAnonymousClass()
            || c.getModifiers().contains(JavaModifier.FINAL)
            || c.reflect().isSealed()
        ? Stream.empty()
        : Stream.of("is not final");
  }

  /**
   * Reading a parameter consumes the body of a form; only a request wrapper may forward the call.
   */
  private static Stream<String> readsParameters(JavaClass c) {
    return c.isAssignableTo("jakarta.servlet.ServletRequestWrapper")
        ? Stream.empty()
        : CodeRules.accesses(
            c, target -> isServlets(target) && target.getName().startsWith("getParameter"));
  }

  private static Stream<String> sendsError(JavaClass c) {
    return CodeRules.accesses(
        c, target -> isServlets(target) && target.getName().equals("sendError"));
  }

  private static boolean isServlets(AccessTarget target) {
    return target.getOwner().getPackageName().startsWith("jakarta.servlet");
  }

  private static String group(String room) {
    return GROUPS.stream()
        .filter(group -> group.contains(room))
        .map(Object::toString)
        .findFirst()
        .orElse(room);
  }

  private static List<String> cycles(JavaClasses classes) {
    SliceAssignment byRoom =
        new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass c) {
            return Room.isOurs(c)
                ? SliceIdentifier.of(group(Room.nameOf(c)))
                : SliceIdentifier.ignore();
          }

          @Override
          public String getDescription() {
            return "packages";
          }
        };
    return slices()
        .assignedFrom(byRoom)
        .should()
        .beFreeOfCycles()
        .evaluate(classes)
        .getFailureReport()
        .getDetails();
  }
}
