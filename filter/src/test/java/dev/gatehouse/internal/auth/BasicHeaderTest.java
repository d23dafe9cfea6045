package dev.gatehouse.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicHeaderTest {
  @Test
  void parse_ofTheExamplesOfTheRfc_findsUserAndPassword() {
    assertPair("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertPair("test", "123\u00a3", "Basic dGVzdDoxMjPCow==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "basic", "BASIC", "bAsIc"})
  void parse_ofTheSchemeInAnyCase_isTheSame(String scheme) {
    assertPair("Aladdin", "open sesame", scheme + " QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  void parse_withoutPadding_isTheSame() {
    assertPair("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ");
    assertPair("test", "123\u00a3", "Basic dGVzdDoxMjPCow");
    assertPair("a", "b", "Basic YTpi");
    assertPair("a", "bc", "Basic YTpiYw==");
    assertPair("a", "bcd", "Basic YTpiY2Q=");
    assertPair("a", "bcd", "Basic YTpiY2Q");
  }

  @Test
  void parse_splitsAtTheFirstColon_andPreservesEveryByte() {
    for (String password :
        List.of(
            ":",
            "pa:ss",
            "pass:",
            " ",
            " pass",
            "pass ",
            "p ass",
            "p\tss",
            "p\u0000ss",
            "\r\n",
            "\ufeffx",
            "\u00a0",
            "\ufffd",
            "\ud83d\udd11",
            "a\u0308",
            "\u00e4")) {
      assertPair("alice", password, "Basic " + encoded("alice:" + password));
    }
    assertPair(" al ice ", "x", "Basic " + encoded(" al ice :x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Basic",
        "Basic ",
        "Basic  QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic\tQWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        " Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== ",
        "xBasic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Bearer Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basicx QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "BasicQWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic,QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Ba\u017fic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Bas\u0131c QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic realm=\"x\""
      })
  void parse_ofAnotherSchemeOrMoreThanOneToken_isNothing(String value) {
    assertNull(BasicHeader.parse(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QWxhZGRpbjpvcGVuIHNlc2FtZQ=", // half of the padding
        "QWxhZGRpbjpvcGVuIHNlc2FtZQ===",
        "QWxhZGRpbjpvcGVuIHNlc2FtZQ======",
        "QWxhZGRpbjpvcGVuIHNlc2FtZR==", // bits that are thrown away
        "QWxhZGRpbjpvcGVuIHNlc2FtZR",
        "YTpiY2R=",
        "YTpi====",
        "YTpi=",
        "YTpi==",
        "YTpiY", // no byte ends here
        "=YTpi",
        "YTp=iYQ=",
        "YTp\u00ef",
        "YTp\u0169",
        "YT pi",
        "YT\npi",
        "YTpi\n",
        "=",
        "==",
        "===="
      })
  void parse_ofAlmostBase64_isNothing(String digits) {
    assertNull(BasicHeader.parse("Basic " + digits));
  }

  @Test
  void parse_ofTheAlphabetForUrls_isNothing() {
    assertPair("a", "\u07ff~", "Basic YTrfv34=");
    assertPair("a", "~~\u007f>", "Basic YTp+fn8+");
    assertNull(BasicHeader.parse("Basic YTp-fn8-"));
    assertNull(BasicHeader.parse("Basic YTrfv34_"));
  }

  @Test
  void parse_withoutUserPasswordOrColon_isNothing() {
    for (String pair : List.of("alice", "alice:", ":secret", ":", "::")) {
      assertNull(BasicHeader.parse("Basic " + encoded(pair)), pair);
    }
  }

  @Test
  void parse_ofBytesThatAreNotUtf8_isNothing() {
    byte[][] all = {
      {'t', ':', (byte) 0xa3},
      {'t', ':', (byte) 0xc0, (byte) 0x80},
      {'t', ':', (byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {'t', ':', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xff, ':', 'x'},
      {'t', ':', (byte) 0xe2, (byte) 0x82}
    };
    for (byte[] bytes : all) {
      assertNull(BasicHeader.parse("Basic " + Base64.getEncoder().encodeToString(bytes)));
    }
  }

  @Test
  void parse_ofTheLongestOnly_findsThem() {
    String user = "u".repeat(512);
    String password = "p".repeat(1024);
    assertPair(user, password, "Basic " + encoded(user + ":" + password));
    String wide = "\u20ac".repeat(512);
    assertPair(wide, password, "Basic " + encoded(wide + ":" + password));
    assertNull(BasicHeader.parse("Basic " + encoded(user + "u:" + password)));
    assertNull(BasicHeader.parse("Basic " + encoded(user + ":" + password + "p")));
    assertNull(BasicHeader.parse("Basic " + encoded("u:" + "\u20ac".repeat(342))));
    assertNull(BasicHeader.parse("Basic " + "A".repeat(1 << 20)));
  }

  @Test
  void toString_showsNoPassword() {
    BasicHeader found = BasicHeader.parse("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertFalse(String.valueOf(found).contains("sesame"));
  }

  private static void assertPair(String user, String password, String value) {
    @Nullable BasicHeader found = BasicHeader.parse(value);
    assertNotNull(found, value);
    assertEquals(user, found.user());
    assertEquals(password, found.password().reveal());
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
