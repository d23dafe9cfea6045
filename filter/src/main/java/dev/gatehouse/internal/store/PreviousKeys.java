package dev.gatehouse.internal.store;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The earlier master keys of {@code gatehouse.master-key.previous}. Data that was stored with them
 * can still be read.
 *
 * @param keys the keys, each at least {@link #MIN_BYTES} bytes
 * @param none whether there was a time without a master key
 */
public record PreviousKeys(List<Secret> keys, boolean none) {
  /** The name of the property. */
  public static final String SETTING = "gatehouse.master-key.previous";

  private static final String MASTER_KEY = "gatehouse.master-key";

  /** Minimum length of a master key, in bytes of UTF-8. */
  public static final int MIN_BYTES = 32;

  /** No earlier keys. */
  public static final PreviousKeys NONE = new PreviousKeys(List.of(), false);

  private static final String WITHOUT = "none";

  /**
   * Creates previous keys.
   *
   * @throws ConfigException if a key is too short
   */
  public PreviousKeys {
    keys = List.copyOf(keys);
    if (keys.stream().anyMatch(key -> key.utf8().length < MIN_BYTES)) {
      throw new ConfigException(
          SETTING,
          "must be keys of at least "
              + MIN_BYTES
              + " bytes with commas between, and none for a time without a key");
    }
  }

  /**
   * Checks that a master key can become a previous key later.
   *
   * @throws ConfigException if it is too short, has leading or trailing blanks, or contains a comma
   */
  static void check(Secret masterKey) {
    int bytes = masterKey.utf8().length;
    if (bytes < MIN_BYTES) {
      throw new ConfigException(MASTER_KEY, "must have at least 32 bytes, had " + bytes);
    }
    String text = new String(masterKey.utf8(), StandardCharsets.UTF_8);
    if (!text.equals(text.strip()) || text.indexOf(',') >= 0) {
      throw new ConfigException(
          MASTER_KEY,
          "must not begin or end with a blank or a line break, and must not hold a comma: it could"
              + " not be named in "
              + SETTING
              + " later");
    }
  }

  /**
   * Returns the earlier keys of a list.
   *
   * @param keys the keys; an empty text means a time without a key
   * @throws ConfigException if a key is too short
   */
  public static PreviousKeys of(List<Secret> keys) {
    List<Secret> present = keys.stream().filter(key -> !key.reveal().isEmpty()).toList();
    return new PreviousKeys(present, present.size() < keys.size());
  }

  /** Returns the list for {@link #of(List)}. */
  public List<Secret> asList() {
    return none ? Stream.concat(keys.stream(), Stream.of(Secret.of(""))).toList() : keys;
  }

  /**
   * Parses the property.
   *
   * @param text a comma-separated list of keys; {@code none} means a time without a key
   * @throws ConfigException if a key is too short
   */
  public static PreviousKeys of(String text) {
    List<Secret> keys = new ArrayList<>();
    boolean none = false;
    for (String one : text.split(",", -1)) {
      if (one.strip().equals(WITHOUT)) {
        none = true;
      } else {
        keys.add(Secret.of(one.strip()));
      }
    }
    return new PreviousKeys(keys, none);
  }
}
