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

/** Reads files as strict UTF-8, up to a size, and tells in plain words why one cannot be read. */
public final class Utf8Files {
  /** The most bytes of a file that holds one secret. */
  static final int SECRET_BYTES = 1 << 16;

  private Utf8Files() {}

  /**
   * The text of a regular file; a pipe or device is refused because it may never end.
   *
   * @param most the most bytes
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

  /** The text of a stream, which stays open. */
  static String read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new FileSystemException("", null, "has more than " + most + " bytes");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** The text of a source; that it cannot be read goes to the mistakes, and the text is empty. */
  public static String of(ConfigSource source, ConfigProblems mistakes) {
    try {
      return source.text();
    } catch (IOException e) {
      mistakes.add(source.name(), reason(e));
      return "";
    }
  }

  /** Why a file could not be read, without its name and without anything it holds. */
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
