package dev.gatehouse.internal.auth.hmac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.gatehouse.internal.http.StrictBase64;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;

class SignatureHeaderProperties {
  @Property
  void parse_anyText_isReadOrNotButNeverThrows(@ForAll String text) {
    SignatureHeader.parse("Signature " + text);
    HttpDate.any(text);
    HttpDate.preferred(text + " GMT");
    StrictBase64.decode(text);
  }

  @Property
  void parse_textOfTheGrammarsCharacters_neverThrows(
      @ForAll @Chars({'k', 'e', 'y', 'I', 'd', '=', '"', ',', ' ', '\t', '\\'}) String text) {
    SignatureHeader.parse("Signature " + text);
  }

  @Property
  void date_textOfItsCharacters_neverThrows(
      @ForAll
          @Chars({'F', 'r', 'i', ',', ' ', 'S', 'e', 'p', '-', ':', 'G', 'M', 'T'})
          @CharRange(from = '0', to = '9')
          String text) {
    HttpDate.any("Fri, " + text);
    HttpDate.any("Friday, " + text);
    HttpDate.any("Fri Sep " + text);
    HttpDate.preferred("Fri, 06 " + text);
  }

  @Property
  void parse_whatAClientWrites_isReadBack(@ForAll @CharRange(from = '#', to = '~') String value) {
    SignatureHeader found =
        SignatureHeader.parse("Signature keyId=\"" + value + "\" ,\tsignature=\"" + value + "\"");
    assertNotNull(found);
    Optional<String> given = Optional.of(value).filter(v -> !v.isEmpty());
    Optional<String> none = Optional.empty();
    assertEquals(new SignatureHeader(given, none, given, none, none, false, List.of()), found);
  }

  @Example
  void parse_outsideTheGrammar_isRefused() {
    for (String odd :
        List.of(
            "keyId=\"a\",keyId=\"a\"",
            "x=\"a\",x=\"a\"",
            "keyId=a",
            "keyId=\"a",
            "keyId=\"a\"b",
            "keyId=\"a\" signature=\"b\"",
            "keyId = \"a\"",
            "keyId",
            "keyId=",
            "=\"a\"",
            "created=",
            "\"a\"")) {
      assertNull(SignatureHeader.parse("Signature " + odd), odd);
    }
  }

  @Example
  void parse_whatWeDoNotKnow_isIgnored() {
    SignatureHeader found =
        SignatureHeader.parse("Signature created=1402170695, keyid=\"x\",,keyId=\"a,b\",");
    assertNotNull(found);
    assertEquals(Optional.of("a,b"), found.keyId());
  }

  @Example
  void parse_aMegabyte_takesLinearTime() {
    for (String part : List.of(",", "a", "\"", "=\"", " ", "a=\"\",", "a=b,", "%")) {
      String long1 = "Signature " + part.repeat(1_000_000 / part.length());
      assertTimeout(Duration.ofSeconds(2), () -> SignatureHeader.parse(long1));
      assertTimeout(
          Duration.ofSeconds(2),
          () ->
              SignatureHeader.parse(
                  "Signature headers=\"" + part.replace("\"", " ").repeat(500_000)));
    }
  }
}
