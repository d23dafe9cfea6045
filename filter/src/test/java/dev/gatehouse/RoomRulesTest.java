package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gatehouse.contract.CodeRule;
import dev.gatehouse.fixtures.Violates;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules hold for each shipped class, and each rule finds the fixtures that violate it. */
class RoomRulesTest {
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gatehouse");
  private static final JavaClasses FIXTURES =
      new ClassFileImporter().importPackages("dev.gatehouse.fixtures");

  static List<CodeRule> rules() {
    return RoomRules.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shippedClasses_followEveryRule(CodeRule rule) {
    assertEquals(List.of(), rule.broken().apply(SHIPPED));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void fixtures_breakExactlyTheirRules(CodeRule rule) {
    Set<String> fixtures = fixtures(rule);
    assertFalse(fixtures.isEmpty(), "no fixture violates: " + rule);
    List<String> broken = rule.broken().apply(FIXTURES);
    if (rule.name().equals("packages have no cycles")) {
      fixtures.forEach(name -> assertTrue(broken.toString().contains(name), broken::toString));
    } else {
      assertEquals(
          fixtures,
          broken.stream()
              .map(text -> text.substring(0, text.indexOf(':')))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void fixtures_nameExistingRules() {
    Set<String> names = rules().stream().map(CodeRule::name).collect(Collectors.toSet());
    for (JavaClass fixture : FIXTURES) {
      assertTrue(names.containsAll(rulesOf(fixture)), fixture::getName);
    }
  }

  @Test
  void everyShippedPackage_isARoomWithRules() {
    Set<String> known = RoomRules.ROOMS.stream().map(Room::name).collect(Collectors.toSet());
    for (JavaClass shipped : SHIPPED) {
      assertTrue(known.contains(Room.nameOf(shipped)), shipped::getName);
    }
  }

  private static Set<String> fixtures(CodeRule rule) {
    return FIXTURES.stream()
        .filter(c -> rulesOf(c).contains(rule.name()))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> rulesOf(JavaClass c) {
    return c.isAnnotatedWith(Violates.class)
        ? List.of(c.getAnnotationOfType(Violates.class).value())
        : List.of();
  }
}
