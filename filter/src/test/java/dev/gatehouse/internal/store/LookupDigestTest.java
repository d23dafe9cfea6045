package dev.gatehouse.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.spi.store.LookupKey;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class LookupDigestTest {
  private static final Secret MASTER = Secret.of("0123456789abcdef0123456789abcdef");

  private static String hex(LookupKey key) {
    return HexFormat.of().formatHex(key.bytes());
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  @Test
  void previous_isWhereAnEarlierKeyHadIt() {
    String master = "fedcba9876543210fedcba9876543210";
    LookupDigest digest =
        LookupDigest.keyed(MASTER).after(PreviousKeys.of(" " + master + ", none"));
    assertEquals(LookupDigest.keyed(MASTER).of("abc"), digest.of("abc"));
    assertEquals(
        List.of(LookupDigest.keyed(Secret.of(master)).of("abc"), LookupDigest.plain().of("abc")),
        digest.previous("abc"));
    assertEquals(List.of(), LookupDigest.keyed(MASTER).previous("abc"));
    for (String wrong : List.of("", "short", master + ",", master + ",nothing")) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> PreviousKeys.of(wrong), wrong);
      assertEquals("gatehouse.master-key.previous", refused.problems().get(0).path());
      assertFalse(String.valueOf(refused.getMessage()).contains(master));
    }
  }

  @Test
  void plain_isSha256() {
    LookupDigest digest = LookupDigest.plain();
    assertFalse(digest.keyed());
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hex(digest.of("abc")));
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex(digest.of("")));
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hex(digest.of("abc")));
  }

  @Test
  void keyed_isHmacUnderAKeyDerivedForThisPurpose() throws GeneralSecurityException {
    byte[] derived = hmac(MASTER.utf8(), "gatehouse/lookup/v1");
    LookupDigest digest = LookupDigest.keyed(MASTER);
    assertTrue(digest.keyed());
    for (String value : List.of("abc", "", "\u00e4\ud83d\ude00", "x".repeat(1000))) {
      assertEquals(LookupKey.of(hmac(derived, value)), digest.of(value));
    }
    assertNotEquals(LookupKey.of(hmac(MASTER.utf8(), "abc")), digest.of("abc"));
  }

  @Test
  void keyed_whenTheMasterKeyIsShort_isRefusedWithoutShowingIt() {
    Secret weak = Secret.of("hunter2-hunter2-hunter2-hunter2");
    ConfigException refused = assertThrows(ConfigException.class, () -> LookupDigest.keyed(weak));
    assertEquals("gatehouse.master-key", refused.problems().get(0).path());
    assertEquals("must have at least 32 bytes, had 31", refused.problems().get(0).message());
    assertTrue(LookupDigest.keyed(Secret.of("\u00e4".repeat(16))).keyed());
  }

  @Test
  void of_underManyThreads_answersAsUnderOne() throws Exception {
    for (LookupDigest digest : List.of(LookupDigest.plain(), LookupDigest.keyed(MASTER))) {
      List<LookupKey> expected = keys(digest);
      for (Future<List<LookupKey>> answer : together(64, digest)) {
        assertEquals(expected, answer.get());
      }
    }
  }

  private static List<Future<List<LookupKey>>> together(int threads, LookupDigest digest)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<LookupKey>>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.submit(
                () -> {
                  start.await();
                  return keys(digest);
                }));
      }
      for (Future<List<LookupKey>> answer : answers) {
        answer.get();
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<LookupKey> keys(LookupDigest digest) {
    List<LookupKey> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.add(digest.of("key-" + i));
    }
    return keys;
  }
}
