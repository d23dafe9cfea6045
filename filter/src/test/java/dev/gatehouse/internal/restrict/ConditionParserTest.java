package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.spi.plugin.Condition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expressions of {@code case} and {@code _meta.filter}. */
class ConditionParserTest {
  private static final FakeRequest REQUEST =
      FakeRequest.get("/orders?page=3&name=jack&big=99999999999999999999")
          .header("X-Team", "Blue")
          .header("Host", "shop.example");

  static List<Arguments> comparisons() {
    return List.of(
        Arguments.of(true, List.of("arg_name", "==", "jack")),
        Arguments.of(false, List.of("arg_name", "==", "Jack")),
        Arguments.of(false, List.of("arg_none", "==", "")),
        Arguments.of(true, List.of("arg_page", "==", 3L)),
        Arguments.of(true, List.of("arg_page", "==", new BigDecimal("3.0"))),
        Arguments.of(false, List.of("arg_page", "==", "3.0")),
        Arguments.of(false, List.of("arg_name", "==", 3L)),
        Arguments.of(false, List.of("arg_name", "~=", "jack")),
        Arguments.of(true, List.of("arg_none", "~=", "jack")),
        Arguments.of(true, List.of("arg_page", ">", 2L)),
        Arguments.of(false, List.of("arg_page", ">", 3L)),
        Arguments.of(true, List.of("arg_page", ">=", 3L)),
        Arguments.of(true, List.of("arg_page", "<", new BigDecimal("3.5"))),
        Arguments.of(true, List.of("arg_page", "<=", 3L)),
        Arguments.of(false, List.of("arg_name", ">", 0L)),
        Arguments.of(false, List.of("arg_none", "<", 9L)),
        Arguments.of(false, List.of("arg_big", ">", 0L)),
        Arguments.of(true, List.of("arg_name", "~~", "^j.*k$")),
        Arguments.of(false, List.of("arg_none", "~~", "")),
        Arguments.of(false, List.of("http_x_team", "~~", "blue")),
        Arguments.of(true, List.of("http_x_team", "~*", "blue")),
        Arguments.of(true, List.of("arg_name", "in", List.of("joe", "jack"))),
        Arguments.of(true, List.of("arg_page", "in", List.of(1L, 3L))),
        Arguments.of(false, List.of("arg_none", "in", List.of("joe"))),
        Arguments.of(true, List.of("remote_addr", "ipmatch", List.of("192.0.2.0/24"))),
        Arguments.of(false, List.of("remote_addr", "ipmatch", "10.0.0.0/8")),
        Arguments.of(false, List.of("arg_name", "ipmatch", List.of("0.0.0.0/0"))),
        Arguments.of(false, List.of("arg_name", "!", "==", "jack")),
        Arguments.of(true, List.of("arg_none", "!", "in", List.of("joe"))),
        Arguments.of(true, List.of("consumer_name", "==", "acme")),
        Arguments.of(true, List.of("host", "==", "shop.example")));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void comparison_holdsOrNot(boolean holds, List<?> expression) {
    assertEquals(holds, holds(expression));
    assertEquals(holds, holds(List.of(expression)), "a list of one");
    assertEquals(!holds, holds(List.of("!AND", expression)));
    assertEquals(!holds, holds(List.of("!OR", expression)));
  }

  @Test
  void logic_joinsExpressions() {
    List<?> yes = List.of("arg_page", "==", 3L);
    List<?> no = List.of("arg_page", "==", 4L);
    assertTrue(holds(List.of(yes, yes)));
    assertEquals(false, holds(List.of(yes, no)));
    assertTrue(holds(List.of("OR", no, yes)));
    assertEquals(false, holds(List.of("AND", no, yes)));
    assertTrue(holds(List.of("!AND", no, yes)));
    assertEquals(false, holds(List.of("!OR", no, yes)));
    assertTrue(holds(List.of(List.of("OR", no, List.of("AND", yes, yes)), yes)));
  }

  static List<Arguments> mistakes() {
    String shape = "must be an expression as [\"arg_page\", \"==\", \"3\"]";
    List<Object> deep = List.of("arg_page", "==", 3L);
    for (int i = 0; i < 30; i++) {
      deep = List.of(deep);
    }
    return List.of(
        Arguments.of("case: must be an expression of at least one element", List.of()),
        Arguments.of("case: must be a variable, an operator and a value", List.of("arg_a", "==")),
        Arguments.of("must be a variable, an operator", List.of("arg_a", "?", "==", "x")),
        Arguments.of("case: must name a known variable", List.of("nothing", "==", "x")),
        Arguments.of("case: must have one of the operators ==", List.of("arg_a", "=", "x")),
        Arguments.of("case: must compare with a number", List.of("arg_a", ">", "3")),
        Arguments.of("case: must compare with a text or", List.of("arg_a", "==", List.of())),
        Arguments.of("case: must be an expression of RE2", List.of("arg_a", "~~", "(")),
        Arguments.of("case: must have a list of at least one", List.of("arg_a", "in", "x")),
        Arguments.of("case: must have addresses or", List.of("arg_a", "ipmatch", "10.0.0.1/33")),
        Arguments.of("case: OR needs an expression", List.of("OR")),
        Arguments.of("case[1]: " + shape, List.of(List.of("arg_a", "==", "x"), "OR")),
        Arguments.of(shape, deep));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void wrongExpression_isReported(String mistake, List<?> expression) {
    List<String> found = read(expression).problems();
    assertEquals(1, found.size(), found::toString);
    assertTrue(found.get(0).contains(mistake), found::toString);
  }

  @Test
  void expression_thatTakesExponentialTimeElsewhere_takesNone() {
    FakeRequest request = FakeRequest.get("/").header("X-Team", "a".repeat(50_000) + "!");
    Condition slow = read(List.of("http_x_team", "~~", "^(a+)+$")).valid();
    assertTimeout(
        Duration.ofSeconds(2),
        () ->
            assertEquals(
                false, slow.holds(TestRequests.call(TestRequests.consumer("acme"), request))));
  }

  private static boolean holds(List<?> expression) {
    return read(expression)
        .valid()
        .holds(TestRequests.call(TestRequests.consumer("acme"), REQUEST));
  }

  private static Configured<Condition> read(List<?> expression) {
    return Configured.of(
        Map.of("case", new ArrayList<>(expression)),
        reader -> ConditionParser.read(reader, "case"));
  }
}
