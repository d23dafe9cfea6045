package dev.gatehouse.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

class BasicHeaderProperties {
  @Property(tries = 500)
  void parse_ofAnyPair_findsIt(
      @ForAll @StringLength(min = 1, max = 60) String user,
      @ForAll @StringLength(min = 1, max = 60) String password) {
    Assume.that(user.indexOf(':') < 0 && isUnicode(user) && isUnicode(password));
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);

    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getEncoder().withoutPadding()}) {
      BasicHeader found = BasicHeader.parse("Basic " + encoder.encodeToString(pair));
      assertNotNull(found);
      assertEquals(user, found.user());
      assertEquals(password, found.password().reveal());
    }
  }

  /** What is accepted says the same bytes again: there is one spelling, but for the padding. */
  @Property(tries = 2_000)
  void parse_ofAnyText_isNothingOrItsOnlySpelling(@ForAll("almostBasic") String value) {
    @Nullable BasicHeader found = BasicHeader.parse(value);
    if (found != null) {
      String pair = found.user() + ":" + found.password().reveal();
      String whole = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      String digits = value.substring("Basic ".length());
      assertEquals(
          whole, digits.endsWith("=") ? digits : digits + whole.substring(digits.length()));
    }
  }

  @Property(tries = 500)
  void parse_ofAnyBytes_neverThrows(@ForAll @NotEmpty @Size(max = 40) byte[] bytes) {
    BasicHeader.parse("Basic " + Base64.getEncoder().encodeToString(bytes));
    BasicHeader.parse("Basic " + new String(bytes, StandardCharsets.ISO_8859_1));
    assertNull(BasicHeader.parse(new String(bytes, StandardCharsets.ISO_8859_1) + ":"));
  }

  @Provide
  Arbitrary<String> almostBasic() {
    Arbitrary<String> digits =
        Arbitraries.strings().withChars("YTpiQWxhcC06PD4r=+/-_ ").ofMaxLength(24);
    Arbitrary<String> schemes = Arbitraries.of("Basic ", "basic ", "BASIC ", "Basic", "Bearer ");
    return schemes.flatMap(scheme -> digits.map(text -> scheme + "YTpi" + text));
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
