package dev.gatehouse.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.endpoint.GatehouseExtension;
import dev.gatehouse.servlet.ConsumerFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a class must contain to get our mechanism registered. */
class SecurityDemandTest {
  @ParameterizedTest
  @CsvSource({
    "RolesOfClass, @RolesAllowed",
    "RolesOfMethod, @RolesAllowed",
    "DeclaresRoles, @DeclareRoles",
    "DeniesAll, @DenyAll",
    "RunsAs, @RunAs",
    "SecureServlet, @ServletSecurity",
    "RolesByCode, declareRoles",
    "ConstraintByCode, setServletSecurity",
    "InjectedContext, Jakarta Security",
    "InstanceOfContext, Jakarta Security",
    "InjectedPrincipal, an injected Principal",
    "InstanceOfPrincipal, an injected Principal",
    "PrincipalOfConstructor, an injected Principal",
    "PrincipalOfProducer, an injected Principal",
    "SelectedPrincipal, an injected Principal",
    "Authenticating, HttpServletRequest.authenticate",
    "RequestListener, getUserPrincipal of a listener or WebSocket",
    "GlobalName, java:global/"
  })
  void classThatAsksTheContainer_isFound(String type, String reason) throws IOException {
    assertEquals(Optional.of(reason), ClassText.of(bytes("DemandExamples$" + type)).demand());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PermitsAll", "RequestsPrincipal"})
  void classThatAsksTheRequestOnly_isNotFound(String type) throws IOException {
    assertEquals(Optional.empty(), ClassText.of(bytes("DemandExamples$" + type)).demand());
  }

  /** An application has them all, so one that asks would turn the mechanism on everywhere. */
  @Test
  void ourOwnClasses_ask_inThePackageThatIsSkippedOnly() throws Exception {
    for (Class<?> one : List.of(ConsumerFilter.class, GatehouseExtension.class)) {
      Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      assertEquals(List.of(), asking(root), root::toString);
    }
    assertTrue(ClassText.of(bytes("ConsumerMechanism")).demand().isPresent());
  }

  private static List<String> asking(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.toString().contains("dev/gatehouse/internal/security/"))
          .filter(SecurityDemandTest::asks)
          .map(Path::toString)
          .toList();
    }
  }

  private static boolean asks(Path file) {
    try {
      return ClassText.of(Files.readAllBytes(file)).demand().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String type) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SecurityDemandTest.class.getResourceAsStream(type + ".class"), type)) {
      return in.readAllBytes();
    }
  }
}
