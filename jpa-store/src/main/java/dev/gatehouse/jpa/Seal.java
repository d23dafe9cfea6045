package dev.gatehouse.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that must be read back: AES-256-GCM under a key that is derived from the master
 * key for this purpose alone.
 *
 * <p>A sealed text names its key, so that the wrong one is told from a broken row, and is bound to
 * the place where it stands, so that it cannot be moved to another record. Safe for use by several
 * threads.
 */
final class Seal {
  private static final String VERSION = "v1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;
  private static final int LEAST_KEY_BYTES = 32;

  private final SecretKeySpec key;
  private final String keyId;
  private final SecureRandom random = new SecureRandom();

  private Seal(byte[] key, String keyId) {
    this.key = new SecretKeySpec(key, "AES");
    this.keyId = keyId;
  }

  /**
   * Derives the keys.
   *
   * @param masterKey at least 32 bytes of UTF-8
   * @throws ConfigException if it is shorter
   */
  static Seal under(Secret masterKey) {
    byte[] master = masterKey.utf8();
    if (master.length < LEAST_KEY_BYTES) {
      throw new ConfigException(
          "gatehouse.master-key", "must have at least 32 bytes, had " + master.length);
    }
    byte[] id = Arrays.copyOf(derived(master, "gatehouse/seal/id/v1"), ID_BYTES);
    return new Seal(derived(master, "gatehouse/seal/v1"), HexFormat.of().formatHex(id));
  }

  /** The sealed form of a secret that stands at a place. */
  String close(Secret secret, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, secret.utf8(), place);
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return VERSION + ':' + keyId + ':' + Base64.getEncoder().encodeToString(all);
  }

  /**
   * The secret behind a sealed form.
   *
   * @throws IllegalStateException if it was sealed under another key or for another place
   */
  Secret open(String text, String place) {
    String prefix = VERSION + ':' + keyId + ':';
    if (!text.startsWith(prefix)) {
      throw new IllegalStateException("a secret is sealed under another master key");
    }
    byte[] all = Base64.getDecoder().decode(text.substring(prefix.length()));
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, Math.max(all.length, NONCE_BYTES));
    byte[] plain = crypt(Cipher.DECRYPT_MODE, nonce, sealed, place);
    return Secret.of(new String(plain, StandardCharsets.UTF_8));
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] text, String place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret was not sealed for this place", e);
    }
  }

  private static byte[] derived(byte[] master, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(master, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
