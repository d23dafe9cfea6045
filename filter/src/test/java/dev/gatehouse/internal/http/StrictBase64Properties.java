package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** A text is accepted if and only if an encoder writes it for its bytes. */
class StrictBase64Properties {
  @Property(tries = 5_000)
  void decode_acceptsWhatAnEncoderWritesAndNothingElse(
      @ForAll
          @StringLength(max = 9)
          @Chars({'=', '+', '/', '-', '_', ' ', '\u0169', 'A', 'Q', 'g', 'w', 'E', '8'})
          @CharRange(from = 'h', to = 'j')
          String text) {
    byte[] padded = written(text, Base64.getDecoder(), Base64.getEncoder());
    byte[] bare = written(text, Base64.getDecoder(), Base64.getEncoder().withoutPadding());
    byte[] url = written(text, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    assertArrayEquals(padded == null ? new byte[0] : padded, StrictBase64.decode(text));
    assertArrayEquals(padded == null ? bare : padded, StrictBase64.decodeAnyPadding(text));
    assertArrayEquals(url, StrictBase64.decodeUrl(text));
  }

  private static byte @Nullable [] written(
      String text, Base64.Decoder decoder, Base64.Encoder encoder) {
    try {
      byte[] bytes = decoder.decode(text);
      return encoder.encodeToString(bytes).equals(text) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
