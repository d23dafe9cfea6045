package dev.gatehouse.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Mistakes;
import dev.gatehouse.cdi.places.Places.Annotated;
import dev.gatehouse.cdi.places.Places.AnnotatedMethod;
import dev.gatehouse.cdi.places.Places.Inheriting;
import dev.gatehouse.cdi.places.Places.OfRuled;
import dev.gatehouse.cdi.places.Places.Open;
import dev.gatehouse.cdi.places.Places.Ruled;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotations where nothing heeds them must not let an application start. */
class MisplacedTest {
  private static final String HOLD = " has annotations of Gatehouse, which hold on servlet classes";

  @Test
  void annotatedClassThatTheContainerFound_stopsTheStart(@TempDir Path documents) {
    String refusal = Starts.refusal(documents, context -> {}, Set.of(Annotated.class));
    assertTrue(refusal.contains(Annotated.class.getName() + ":" + HOLD), refusal);
  }

  @Test
  void everyPlace_isFoundAndServletsAndInterfacesAreNone() {
    Mistakes mistakes = new Mistakes();
    for (Class<?> type :
        new Class<?>[] {
          Annotated.class,
          AnnotatedMethod.class,
          Inheriting.class,
          OfRuled.class,
          Ruled.class,
          Open.class,
          AnnotatedServletsTest.Vault.class
        }) {
      Misplaced.report(type, mistakes);
    }
    assertEquals(
        java.util.List.of(
            Annotated.class.getName(),
            AnnotatedMethod.class.getName(),
            Inheriting.class.getName(),
            OfRuled.class.getName()),
        mistakes.found().stream().map(dev.gatehouse.Mistake::path).toList());
  }
}
