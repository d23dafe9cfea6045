package dev.gatehouse.internal.auth.hmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.gatehouse.internal.auth.hmac.StructuredField.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.jspecify.annotations.Nullable;

/** Our reader of structured fields beside an independent one. */
class StructuredFieldProperties {
  @Property
  void dictionary_anyText_isReadOrNotButNeverThrows(@ForAll String text) {
    StructuredField.dictionary(text);
    StructuredField.dictionary("sig=(" + text);
    StructuredField.dictionary("sig=()" + text);
  }

  @Property(tries = 20_000)
  void dictionary_thatWeRead_isWrittenAsTheOtherReaderWritesIt(@ForAll("written") String text) {
    Map<String, Member> ours = StructuredField.dictionary(text);
    if (ours != null) {
      assertEquals(independent(text), written(ours), text);
    }
  }

  @Property(tries = 20_000)
  void dictionary_thatTheOtherReaderRefuses_isRefused(
      @ForAll
          @Chars({'(', ')', '"', '\\', ':', ';', '=', ',', ' ', '?', '-', '.', '*', '\t'})
          @CharRange(from = 'a', to = 'c')
          @CharRange(from = '0', to = '1')
          String text) {
    if (independent(text) == null) {
      assertNull(StructuredField.dictionary(text), text);
    }
  }

  @Provide
  Arbitrary<String> written() {
    Arbitrary<String> value =
        Arbitraries.of(
            "1",
            "-0",
            "007",
            "999999999999999",
            "1.50",
            "-0.0",
            "12.125",
            "\"a b\"",
            "\"\\\"\\\\\"",
            ":eA==:",
            "::",
            "?1",
            "?0",
            "a/b:c*",
            "*x",
            "(\"a\" \"b\";x)",
            "(  )",
            "( 1  2 )",
            "(a;b=?0;c=1.0)");
    Arbitrary<String> parameters = Arbitraries.of("", ";a", ";a=1;b=\"x\"", "; c=?1", ";*d=:eA==:");
    Arbitrary<String> name = Arbitraries.of("a", "b", "*c-._*1", "sig1");
    Arbitrary<String> member =
        net.jqwik.api.Combinators.combine(name, value, parameters).as((n, v, p) -> n + "=" + v + p);
    return Arbitraries.oneOf(member, name)
        .list()
        .ofMaxSize(4)
        .flatMap(list -> Arbitraries.of(",", ", ", " \t, ").map(comma -> String.join(comma, list)));
  }

  private static String written(Map<String, Member> members) {
    List<String> each =
        members.entrySet().stream()
            .map(
                one -> {
                  String value = one.getValue().written();
                  return value.startsWith("?1")
                      ? one.getKey() + value.substring(2)
                      : one.getKey() + "=" + value;
                })
            .toList();
    return String.join(", ", each);
  }

  /** Returns what the independent reader makes of it, or null when it refuses. */
  private static @Nullable String independent(String text) {
    try {
      Dictionary found = Parser.parseDictionary(text.strip());
      return found.serialize();
    } catch (ParseException e) {
      return null;
    }
  }

  @Example
  void dictionary_strictlyRead_refusesWhatReadsTwoWays() {
    for (String odd :
        List.of("a=1,a=2", "a=1;b;b", "a=:eA:", "a=:eB==:", "a=1,", "A=1", "a=@1", "a=%\"x\"")) {
      assertNull(StructuredField.dictionary(odd), odd);
    }
    assertNotNull(StructuredField.dictionary(""));
  }

  @Example
  void dictionary_ofAMegabyte_takesLinearTime() {
    for (String part : List.of("(", "\"", ":", ";a", "a,", " ", "\\", "a=()", "1", "\"\" ")) {
      String long1 = "sig=(" + part.repeat(1_000_000 / part.length());
      assertTimeout(Duration.ofSeconds(2), () -> StructuredField.dictionary(long1));
      String long2 = "sig=" + part.repeat(1_000_000 / part.length());
      assertTimeout(Duration.ofSeconds(2), () -> StructuredField.dictionary(long2));
    }
  }
}
