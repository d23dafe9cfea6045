package dev.gatehouse.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.ConfigException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigProblemsTest {
  @Test
  void throwIfAny_whenNothingWasFound_doesNothing() {
    assertDoesNotThrow(() -> new ConfigProblems().throwIfAny());
  }

  @Test
  void throwIfAny_namesEveryProblemByItsPath_inTheOrderOfFinding() {
    ConfigProblems mistakes = new ConfigProblems();
    mistakes.add("routes[0].uris", "must hold at least one pattern");
    mistakes.addAll(new ConfigException("gatehouse.profil", "is not known"));
    ConfigException refused = assertThrows(ConfigException.class, mistakes::throwIfAny);
    assertEquals(
        """
        Gatehouse is not configured: 2 mistakes
          routes[0].uris: must hold at least one pattern
          gatehouse.profil: is not known""",
        refused.getMessage());
    assertEquals(mistakes.found(), refused.problems());
  }

  @Test
  void message_countsOneProblemAsOne() {
    assertEquals(
        "Gatehouse is not configured: 1 mistake\n  a: b",
        new ConfigException("a", "b").getMessage());
  }

  @Test
  void problemWithoutPath_showsTheProblemAlone() {
    assertEquals("no routes", new ConfigProblem("", "no routes").toString());
    assertEquals("a: b", new ConfigProblem("a", "b").toString());
  }

  @Test
  void configException_needsAProblem_andCopiesTheList() {
    assertThrows(IllegalArgumentException.class, () -> new ConfigException(List.of()));
    List<ConfigProblem> list = new ArrayList<>(List.of(new ConfigProblem("a", "b")));
    ConfigException refused = new ConfigException(list);
    list.clear();
    assertEquals(1, refused.problems().size());
    assertThrows(UnsupportedOperationException.class, () -> refused.problems().clear());
  }

  @Test
  void found_isASnapshot() {
    ConfigProblems mistakes = new ConfigProblems();
    List<ConfigProblem> before = mistakes.found();
    mistakes.add("a", "b");
    assertEquals(List.of(), before);
  }
}
