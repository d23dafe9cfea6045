package dev.gatehouse.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that a configuration refers to, with digests of their content.
 *
 * <p>Safe for use by several threads.
 */
public final class ReferencedFiles {
  /** The time without a change after which a file is complete, in milliseconds. */
  private static final long STILL = 200;

  private final Map<Path, String> digests = new ConcurrentHashMap<>();

  /** The state of the files. */
  public enum Look {
    /** No file has changed. */
    UNCHANGED,
    /** A file was changed recently and may be incomplete. */
    WRITTEN,
    /** A file has changed. */
    CHANGED
  }

  /** Reads a file and records the digest of its content. */
  String read(Path file, SecretReferences.FileText files) throws IOException {
    try {
      String text = files.read(file);
      digests.put(file, digest(text));
      return text;
    } catch (IOException e) {
      digests.put(file, reason(e));
      throw e;
    }
  }

  /**
   * Compares the files with their digests.
   *
   * @param nowMillis the wall clock
   */
  public Look look(long nowMillis) {
    Look look = Look.UNCHANGED;
    for (Map.Entry<Path, String> one : digests.entrySet()) {
      if (!present(one.getKey()).equals(one.getValue())) {
        if (isFresh(one.getKey(), nowMillis)) {
          return Look.WRITTEN;
        }
        look = Look.CHANGED;
      }
    }
    return look;
  }

  private static String present(Path file) {
    try {
      return digest(Utf8Files.read(file, Utf8Files.SECRET_BYTES));
    } catch (IOException e) {
      return reason(e);
    }
  }

  private static boolean isFresh(Path file, long nowMillis) {
    try {
      return Math.abs(nowMillis - Files.getLastModifiedTime(file).toMillis()) < STILL;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns a text in place of a digest. It contains a blank, which digests do not. */
  private static String reason(IOException e) {
    return "file " + Utf8Files.reason(e);
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
