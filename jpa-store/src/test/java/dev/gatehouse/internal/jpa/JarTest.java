package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What the jar brings into an application, and what it leaves in the database. */
final class JarTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.gatehouse.jpa", "dev.gatehouse.internal.jpa");

  @Test
  void jar_bringsNoPersistenceUnit() {
    ClassLoader loader = JpaConsumerStores.class.getClassLoader();

    assertNull(loader.getResource("META-INF/persistence.xml"));
    assertNull(loader.getResource("META-INF/orm.xml"));
  }

  @Test
  void types_arePublicOnlyWhereOtherPackagesNeedThem() {
    Set<String> open =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(JavaClass::isTopLevelClass)
            .filter(JarTest::isUsedInItsPackageOnly)
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        Set.of("JdbcSlotsProvider", "JpaStoreProvider", "NoRetries"),
        open,
        "public types that a service loader or the persistence provider creates");
  }

  private static boolean isUsedInItsPackageOnly(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .allMatch(use -> use.getOriginClass().getPackage().equals(type.getPackage()));
  }

  @Test
  void onlyOneClass_knowsThePersistenceProvider() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveSimpleName("NoRetries")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.persistence..")
        .check(CLASSES);
  }

  @Test
  void database_holdsNothingThatProvesAnything() {
    JdbcDataSource database = Databases.h2();
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      store.putAll(List.of(Entries.entry("acme", Entries.keyAuth("primary", "topsecret"))));
      store.put("acme", Entries.keyAuth("second", "othersecret"));
    }

    String dump = String.join("\n", Databases.ask(database, "SCRIPT"));
    assertTrue(dump.contains("'acme'"), "the dump is one of the right database");
    assertTrue(dump.contains("primary"));
    for (String key : new String[] {"topsecret", "othersecret"}) {
      String hex = HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
      assertTrue(!dump.contains(key) && !dump.contains(hex), key);
    }
  }
}
