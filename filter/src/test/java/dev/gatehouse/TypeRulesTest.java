package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Records print everything, so what is secret has a type that does not; sealed types are listed.
 */
class TypeRulesTest {
  private static final List<Class<?>> SHIPPED =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("dev.gatehouse")
              .stream()
              .<Class<?>>map(JavaClass::reflect)
              .toList();

  /** Ends of component names that mean a secret, unless the type cannot show one. */
  private static final List<String> SECRET_NAMES =
      List.of("key", "keys", "password", "passwords", "secret", "secrets", "token", "tokens");

  /** Each sealed type is taken apart in one place; a further case must be handled there first. */
  private static final Map<String, Set<String>> SEALED =
      Map.ofEntries(
          Map.entry(
              "EarlyIdentification", Set.of("NotAsked", "Unidentified", "Identified", "Refused")),
          Map.entry("Result", Set.of("Identity", "Refusal")),
          Map.entry("Selection", Set.of("BoundRoute", "Open", "Unclear", "Method")),
          Map.entry("RequestBody", Set.of("Whole", "TooLarge", "Missing")),
          Map.entry("AuthResult", Set.of("Authenticated", "Rejected", "NoCredential")),
          Map.entry("Decision", Set.of("Allow", "Deny")),
          Map.entry("Outcome", Set.of("Proceed", "Answer", "Release")),
          Map.entry("GateEvent", Set.of("Admitted", "Refused", "Noticed", "Failed", "Changed")),
          Map.entry("Poll", Set.of("Unchanged", "Changed", "Bad")),
          Map.entry("InvalidatingRepository", Set.of("ChangeTrackingStore")),
          Map.entry("HmacPresentation", Set.of("Answer", "Signed")),
          Map.entry("Verdict", Set.of("Pass", "Admit", "Refuse")),
          Map.entry("ConsumerFilter", Set.of("BuiltFilter")));

  @SuppressWarnings("ArrayRecordComponent") // The rule under test must find it.
  record Leaky(String apiKey, Optional<String> password, List<String> tokens, byte[] secret) {}

  record Tight(Secret apiKey, Optional<Secret> password, String keyName, long tokenCount) {}

  @Test
  void shippedRecords_holdSecretsInTypesThatDoNotPrintThem() {
    assertFalse(SHIPPED.stream().noneMatch(Class::isRecord));
    assertEquals(List.of(), leaks(SHIPPED.stream()));
  }

  @Test
  void recordWithATextCalledKey_isFound() {
    assertEquals(
        List.of("Leaky.apiKey", "Leaky.password", "Leaky.tokens", "Leaky.secret"),
        leaks(Stream.of(Leaky.class, Tight.class)));
  }

  @Test
  void sealedTypes_haveTheCasesThatAreHandled() {
    Set<String> seen = new TreeSet<>();
    for (Class<?> type : SHIPPED) {
      if (type.isSealed()) {
        seen.add(type.getSimpleName());
        assertEquals(SEALED.get(type.getSimpleName()), cases(type), type::getName);
      }
    }
    assertEquals(Set.of(), difference(Set.of("AuthResult", "Decision"), seen));
  }

  private static Set<String> cases(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }

  private static Set<String> difference(Set<String> all, Set<String> without) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private static List<String> leaks(Stream<Class<?>> types) {
    return types
        .filter(Class::isRecord)
        .flatMap(type -> Stream.of(type.getRecordComponents()))
        .filter(TypeRulesTest::leaks)
        .map(c -> c.getDeclaringRecord().getSimpleName() + "." + c.getName())
        .toList();
  }

  private static boolean leaks(RecordComponent component) {
    String name = component.getName().toLowerCase(Locale.ROOT);
    String type = component.getGenericType().getTypeName();
    boolean readable =
        Stream.of("String", "CharSequence", "byte[]", "char[]", "Object", "PluginSettings")
            .anyMatch(type::contains);
    return readable && SECRET_NAMES.stream().anyMatch(name::endsWith);
  }
}
