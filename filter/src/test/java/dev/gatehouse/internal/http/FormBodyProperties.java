package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class FormBodyProperties {
  @Property
  void parse_anyBytes_isReadWithoutException(@ForAll byte[] body) {
    FormBody.parse(ByteBuffer.wrap(body), StandardCharsets.UTF_8);
    FormBody.parse(ByteBuffer.wrap(body), StandardCharsets.UTF_16);
  }

  @Property
  void parse_anyTextOfItsCharacters_isReadWithoutException(
      @ForAll @Chars({'a', '=', '&', '%', '4', '1', '+', 'z'}) String body) {
    FormBody.parse(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Property
  void parse_whatAClientEncodes_isReadBack(@ForAll @StringLength(min = 1, max = 20) String text) {
    String sane = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String form = "k" + URLEncoder.encode(sane, StandardCharsets.UTF_8);
    byte[] body =
        (form + "=1&" + form + "=" + sane.replaceAll("[&%+]", "")).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        Map.of("k" + sane, List.of("1", sane.replaceAll("[&%+]", ""))),
        FormBody.parse(ByteBuffer.wrap(body), StandardCharsets.UTF_8));
  }
}
