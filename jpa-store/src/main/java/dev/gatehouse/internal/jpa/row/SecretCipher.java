package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.PreviousKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of secrets that must be read back: AES-256-GCM with a key that is derived from the
 * master key for this purpose.
 *
 * <p>A sealed text names its key, so that a wrong key can be distinguished from a damaged row. It
 * is bound to its place, so that it cannot be moved to another record. Safe for use by several
 * threads.
 */
public final class SecretCipher {
  private static final String VERSION = "v1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;

  private final Map<String, SecretKeySpec> known;
  private final SecretKeySpec key;
  private final String keyId;
  private final SecureRandom random = new SecureRandom();

  private SecretCipher(String keyId, Map<String, SecretKeySpec> known) {
    this.key = Objects.requireNonNull(known.get(keyId), keyId);
    this.keyId = keyId;
    this.known = Map.copyOf(known);
  }

  /**
   * Creates a cipher.
   *
   * @param masterKey at least 32 bytes of UTF-8, without leading or trailing blanks and commas
   * @throws ConfigException if the key is invalid
   */
  static SecretCipher under(Secret masterKey) {
    return under(masterKey, PreviousKeys.NONE);
  }

  /** Creates a cipher that also opens texts of previous keys. */
  public static SecretCipher under(Secret masterKey, PreviousKeys previous) {
    LookupDigest unused = LookupDigest.keyed(masterKey);
    byte[] master = masterKey.utf8();
    Map<String, SecretKeySpec> known = new HashMap<>();
    previous.keys().forEach(one -> known.put(id(one.utf8()), key(one.utf8())));
    known.put(id(master), key(master));
    return new SecretCipher(id(master), known);
  }

  private static String id(byte[] master) {
    byte[] id = Arrays.copyOf(derived(master, "gatehouse/seal/id/v1"), ID_BYTES);
    return HexFormat.of().formatHex(id);
  }

  private static SecretKeySpec key(byte[] master) {
    return new SecretKeySpec(derived(master, "gatehouse/seal/v1"), "AES");
  }

  /** Returns the prefix of texts that are sealed with the present key. */
  public String prefix() {
    return VERSION + ':' + keyId + ':';
  }

  /** The prefix of sealed texts. */
  public static String anyPrefix() {
    return VERSION + ':';
  }

  /** Returns the sealed form of a secret at a place. */
  String close(Secret secret, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = new Crypt(Cipher.ENCRYPT_MODE, key, nonce).of(secret.utf8(), place);
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return prefix() + Base64.getEncoder().encodeToString(all);
  }

  /**
   * Returns the secret of a sealed form.
   *
   * @throws IllegalStateException if it was sealed with another key or for another place
   */
  Secret open(String text, String place) {
    String[] parts = text.split(":", -1);
    SecretKeySpec under = parts.length == 3 ? known.get(parts[1]) : null;
    if (under == null || !parts[0].equals(VERSION)) {
      throw new IllegalStateException("a secret is sealed under another master key");
    }
    byte[] all = decoded(parts[2]);
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, Math.max(all.length, NONCE_BYTES));
    byte[] plain = new Crypt(Cipher.DECRYPT_MODE, under, nonce).of(sealed, place);
    return Secret.of(new String(plain, StandardCharsets.UTF_8));
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("a sealed secret is damaged", e);
    }
  }

  // Arrays are never compared here.
  @SuppressWarnings("ArrayRecordComponent")
  private record Crypt(int mode, SecretKeySpec key, byte[] nonce) {
    byte[] of(byte[] text, String place) {
      try {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(text);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a secret was not sealed for this place", e);
      }
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
