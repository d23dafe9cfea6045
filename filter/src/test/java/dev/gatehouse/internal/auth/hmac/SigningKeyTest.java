package dev.gatehouse.internal.auth.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  private final SigningKey key =
      new SigningKey(HmacFixture.SECRET.getBytes(UTF_8), SigningKey.DEFAULT_SLOTS);

  private boolean isRight(SignatureAlgorithm algorithm, String name, String message) {
    String code = Base64.getEncoder().encodeToString(key.sign(algorithm, message));
    return code.equals(HmacFixture.sign(name, HmacFixture.SECRET, message));
  }

  @Test
  void sign_againAndAgain_isTheHmacOfTheMessage() {
    for (String message : List.of("", "a", "b".repeat(63), "c".repeat(64), "d".repeat(1000), "")) {
      assertTrue(isRight(SignatureAlgorithm.HMAC_SHA1, "hmac-sha1", message));
      assertTrue(isRight(SignatureAlgorithm.HMAC_SHA256, "hmac-sha256", message));
      assertTrue(isRight(SignatureAlgorithm.HMAC_SHA512, "hmac-sha512", message));
    }
  }

  @Test
  void sign_onMoreThreadsThanThereAreIdleMacs_isTheHmacOfEachMessage() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<Boolean>> all =
          IntStream.range(0, 12).mapToObj(one -> threads.submit(() -> many("m" + one))).toList();
      for (Future<Boolean> one : all) {
        assertTrue(one.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean many(String message) {
    return IntStream.range(0, 1_000)
        .allMatch(one -> isRight(SignatureAlgorithm.HMAC_SHA256, "hmac-sha256", message + one));
  }

  @Test
  void isBytes_refusesACharacterOfMoreThanOneByte() {
    assertTrue(SigningKey.isBytes("\u0000\u00ff"));
    assertFalse(SigningKey.isBytes("a\u0100"));
    assertEquals("SigningKey", key.toString());
  }
}
