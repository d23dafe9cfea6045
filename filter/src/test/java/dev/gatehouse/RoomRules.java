package dev.gatehouse;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.gatehouse.contract.HouseRule;
import dev.gatehouse.contract.HouseRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The walls between the rooms of this module, as the design's table of rooms draws them. */
final class RoomRules {
  static final Set<String> CLOCKS = Set.of("dev.gatehouse.servlet.MonotonicClock");

  static final List<Room> ROOMS =
      List.of(
          new Room(
              "internal.json",
              Set.of(),
              Set.of(
                  "com.fasterxml.jackson.core",
                  "com.fasterxml.jackson.dataformat.yaml",
                  "org.yaml.snakeyaml")),
          new Room("words", Set.of("internal.json"), Set.of()),
          new Room("spi", Set.of("words"), Set.of("javax.crypto")),
          new Room(
              "auth",
              Set.of("words", "spi", "internal.json"),
              Set.of(
                  "javax.crypto",
                  "com.github.benmanes.caffeine",
                  "org.bouncycastle.crypto",
                  "org.bouncycastle.math.ec.rfc8032",
                  "org.apache.commons.codec.digest")),
          new Room(
              "policy",
              Set.of("words", "spi", "internal.json"),
              Set.of("com.fasterxml.jackson", "com.google.re2j", "com.networknt.schema")),
          new Room(
              "store",
              Set.of("words", "spi"),
              Set.of(
                  "com.github.benmanes.caffeine",
                  "io.lettuce.core",
                  "io.netty.util.concurrent",
                  "com.hazelcast",
                  "javax.naming")),
          new Room("engine", Set.of("words", "spi"), Set.of("com.github.benmanes.caffeine")),
          new Room("admin", Set.of("words", "spi", "internal.json"), Set.of("jakarta.servlet")),
          new Room(
              "servlet",
              Set.of("words", "spi", "internal.json", "auth", "policy", "store", "engine", "admin"),
              Set.of(
                  "jakarta.servlet",
                  "org.apache.tomcat.websocket",
                  "javax.xml.stream",
                  "org.eclipse.microprofile.config")));

  /** A library that one class alone may know. */
  private static final Map<String, Set<String>> ONLY_KNOWN_TO =
      Map.of(
          "io.jsonwebtoken", Set.of("dev.gatehouse.auth.JwtAuth"),
          "org.apache.commons.codec", Set.of("dev.gatehouse.auth.CryptHash"),
          "org.yaml.snakeyaml", Set.of("dev.gatehouse.internal.json.TextFormat"),
          "javax.xml.stream", Set.of("dev.gatehouse.servlet.DeclaredRoles"),
          "io.lettuce",
              Set.of(
                  "dev.gatehouse.store.RedisSlots",
                  "dev.gatehouse.store.RedisHints",
                  "dev.gatehouse.store.RedisProvider"),
          "org.apache.tomcat.websocket", Set.of("dev.gatehouse.servlet.TomcatWebSocket"),
          "com.fasterxml.jackson",
              Set.of(
                  "dev.gatehouse.internal.json.StrictJson",
                  "dev.gatehouse.internal.json.TextFormat",
                  "dev.gatehouse.internal.json.TreeReader",
                  "dev.gatehouse.policy.JsonSchemaCheck"),
          "com.networknt.schema", Set.of("dev.gatehouse.policy.JsonSchemaCheck"),
          "com.hazelcast",
              Set.of(
                  "dev.gatehouse.store.HazelcastSlots",
                  "dev.gatehouse.store.HazelcastHints",
                  "dev.gatehouse.store.HazelcastProvider"),
          "org.eclipse.microprofile.config", Set.of("dev.gatehouse.servlet.MicroProfileSettings"));

  private static final Map<String, Set<String>> PUBLIC =
      Map.of(
          "auth", Set.of("CredentialPlugins"),
          "policy", Set.of("Interceptors"),
          "store", Set.of("Stores"),
          "engine", Set.of("Foreknown", "Gate", "Passage", "Verdict"),
          "admin", Set.of("AdminServlet"),
          "servlet",
              Set.of(
                  "ConsumerFilter",
                  "Consumers",
                  "ContainerLogin",
                  "Endpoints",
                  "FilterBuilder",
                  "GatehouseInitializer",
                  "Readiness",
                  "TomcatWebSocket",
                  "UpgradedConnection"));

  private RoomRules() {}

  static List<HouseRule> all() {
    Stream<HouseRule> walls =
        ROOMS.stream()
            .map(room -> HouseRule.each(room.name() + " knows its neighbours", room::breaches));
    Stream<HouseRule> more =
        Stream.of(
            HouseRule.each("a library has one door", RoomRules::strangers),
            HouseRule.each("a room shows its catalogue only", RoomRules::shown),
            HouseRule.each("classes are final or sealed", RoomRules::open),
            HouseRule.each("the body stays unread", RoomRules::readsParameters),
            HouseRule.each("we write our own errors", RoomRules::sendsError),
            new HouseRule("rooms have no cycles", RoomRules::cycles));
    return Stream.of(walls, more, HouseRules.common(CLOCKS, CLOCKS).stream())
        .flatMap(s -> s)
        .toList();
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

  private static Stream<String> shown(JavaClass c) {
    Set<String> allowed = PUBLIC.get(Room.nameOf(c));
    boolean hidden = allowed == null || allowed.contains(c.getSimpleName());
    return hidden || c.isNestedClass() || !c.getModifiers().contains(JavaModifier.PUBLIC)
        ? Stream.empty()
        : Stream.of("is public");
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

  /** Reading a parameter consumes a form's body; a wrapped request may pass the question on. */
  private static Stream<String> readsParameters(JavaClass c) {
    return c.isAssignableTo("jakarta.servlet.ServletRequestWrapper")
        ? Stream.empty()
        : HouseRules.accesses(
            c, target -> isServlets(target) && target.getName().startsWith("getParameter"));
  }

  private static Stream<String> sendsError(JavaClass c) {
    return HouseRules.accesses(
        c, target -> isServlets(target) && target.getName().equals("sendError"));
  }

  private static boolean isServlets(AccessTarget target) {
    return target.getOwner().getPackageName().startsWith("jakarta.servlet");
  }

  private static List<String> cycles(JavaClasses classes) {
    SliceAssignment byRoom =
        new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass c) {
            return Room.isOurs(c) ? SliceIdentifier.of(Room.nameOf(c)) : SliceIdentifier.ignore();
          }

          @Override
          public String getDescription() {
            return "rooms";
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
