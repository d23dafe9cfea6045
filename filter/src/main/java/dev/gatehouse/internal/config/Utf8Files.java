package dev.gatehouse.internal.config;

import dev.gatehouse.settings.ConfigProblems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A reader of files in strict UTF-8 with a maximum size. */
public final class Utf8Files {
  /** Maximum size of a file with a secret, in bytes. */
  static final int SECRET_BYTES = 1 << 16;

  /** Maximum size of a configuration file, in bytes. */
  static final int CONFIG_BYTES = 1 << 26;

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8Files() {}

  /**
   * Returns the text of a regular file. Pipes and devices are refused, because they may never end.
   *
   * @param most the maximum size, in bytes
   */
  static String read(Path file, int most) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, most);
    }
  }

  /** Returns the text of a stream, which stays open. */
  static String read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new FileSystemException(
          "",
          null,
          "has more than " + most + " bytes" + (most == CONFIG_BYTES ? ConfigText.TOO_LARGE : ""));
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      // Bytes that are not UTF-8 become this character too. A decoder needs five times the memory.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
    return text;
  }

  /** Returns the text of a source. A failure is reported as a problem, and the result is empty. */
  public static String of(ConfigSource source, ConfigProblems mistakes) {
    try {
      return source.text();
    } catch (IOException e) {
      mistakes.add(source.name(), reason(e));
      return "";
    }
  }

  /** Returns the reason of a failure, without the name and the content of the file. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "is not there";
    }
    if (e instanceof AccessDeniedException) {
      return "may not be read by this process";
    }
    if (e instanceof CharacterCodingException) {
      return "is not UTF-8";
    }
    boolean own = e instanceof FileSystemException system && system.getReason() != null;
    return own ? ((FileSystemException) e).getReason() : "cannot be read";
  }
}
