package dev.gatehouse.internal.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.cdi.places.Places.Annotated;
import dev.gatehouse.cdi.places.Places.AnnotatedMethod;
import dev.gatehouse.cdi.places.Places.GuardedApplication;
import dev.gatehouse.cdi.places.Places.GuardedFilter;
import dev.gatehouse.cdi.places.Places.GuardedListener;
import dev.gatehouse.cdi.places.Places.Inheriting;
import dev.gatehouse.cdi.places.Places.OfRuled;
import dev.gatehouse.cdi.places.Places.Open;
import dev.gatehouse.cdi.places.Places.Ruled;
import dev.gatehouse.internal.injection.FailingStarts;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations without effect must prevent the start of an application. */
class AnnotationPlacementTest {
  private static final String HOLD = " has annotations of Gatehouse, which hold on servlets,";

  @TempDir Path documents;

  @ParameterizedTest
  @ValueSource(classes = {GuardedFilter.class, GuardedListener.class, GuardedApplication.class})
  void ineffectiveAnnotation_stopsTheStart(Class<?> type) {
    String refusal = FailingStarts.refusal(documents, context -> {}, Set.of(type));
    assertTrue(refusal.contains(type.getName() + ":" + HOLD), refusal);
  }

  @Test
  void everyPlace_isDistinguished() {
    for (Class<?> type :
        new Class<?>[] {Annotated.class, AnnotatedMethod.class, Inheriting.class, OfRuled.class}) {
      assertEquals(
          AnnotationPlacement.Place.ENDPOINT, AnnotationPlacement.of(type), type.getName());
    }
    assertEquals(AnnotationPlacement.Place.NONE, AnnotationPlacement.of(Ruled.class));
    assertEquals(AnnotationPlacement.Place.NONE, AnnotationPlacement.of(Open.class));
    assertEquals(
        AnnotationPlacement.Place.SERVLET,
        AnnotationPlacement.of(AnnotatedServletsTest.Vault.class));
    assertEquals(AnnotationPlacement.Place.WRONG, AnnotationPlacement.of(GuardedFilter.class));
  }

  @ParameterizedTest
  @CsvSource({
    "Mistaken, '#guarded(String): limit-count.count: must be a whole number'",
    "Contradicting, '#list(): limit-count: is annotated with different'",
    "Unasked, '#begin(): is called by the container on its own behalf'",
    "Unreachable, '#ofNobody(): is static or private'",
    "Unreachable, '#tooLate(): key-auth: hides credentials on servlets only'"
  })
  void problemAtAMethod_stopsTheStartAndNamesClassAndMethod(String name, String problem)
      throws Exception {
    Class<?> type = Class.forName("dev.gatehouse.cdi.places.Places$" + name);
    String refusal = FailingStarts.refusal(documents, context -> {}, Set.of(type));
    assertTrue(refusal.contains(type.getName() + problem), refusal);
  }
}
