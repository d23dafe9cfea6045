package dev.gatehouse.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text of one value, and refuses what two readers could understand differently: members
 * given twice, bytes that are not UTF-8, and anything after the end.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Long}, {@link java.math.BigDecimal}, null,
 * and unmodifiable lists and maps of these; a map has the order of the text. Safe for use by
 * several threads.
 */
public final class StrictJson {
  private final TextFormat format;
  private final Bounds bounds;

  /** The kind of value that a text must be. */
  private interface Root {
    @Nullable Object of(TreeReader reader) throws IOException;
  }

  private StrictJson(TextFormat format, Bounds bounds) {
    this.format = format;
    this.bounds = bounds;
  }

  /** Returns a reader of JSON (RFC 8259). */
  public static StrictJson json(Bounds bounds) {
    return new StrictJson(TextFormat.json(bounds), bounds);
  }

  /** Returns a reader of one YAML document without aliases, anchors and tags. */
  public static StrictJson yaml(Bounds bounds) {
    return new StrictJson(TextFormat.yaml(bounds), bounds);
  }

  /**
   * Reads a value of any kind.
   *
   * @throws JsonException if the text is not one value within the bounds
   */
  public @Nullable Object value(String text) throws JsonException {
    return read(text, null, reader -> reader.root(false));
  }

  /**
   * Reads a value of any kind.
   *
   * @throws JsonException if the bytes are not UTF-8, or not one value within the bounds
   */
  public @Nullable Object value(ByteBuffer utf8) throws JsonException {
    return value(text(utf8));
  }

  /**
   * Reads an object.
   *
   * @throws JsonException if the text is not one object within the bounds
   */
  public Map<String, @Nullable Object> object(String text) throws JsonException {
    return members(read(text, null, reader -> reader.root(true)));
  }

  /**
   * Reads the texts of a list. Other items are skipped: only their syntax is verified, and a member
   * given twice inside them is accepted.
   *
   * @throws JsonException if the text is not one list
   */
  public List<String> texts(String list) throws JsonException {
    List<String> texts = new ArrayList<>();
    read(list, null, reader -> reader.texts(texts));
    return texts;
  }

  /**
   * Reads an object.
   *
   * @return the members, or null if the bytes are not one object in UTF-8 within the bounds
   */
  public @Nullable Map<String, @Nullable Object> objectOrNull(byte[] utf8) {
    try {
      return object(text(ByteBuffer.wrap(utf8)));
    } catch (JsonException e) {
      return null;
    }
  }

  /**
   * Reads an object for a configuration. A member with a problem of its own is reported and left
   * out; any other problem is reported and ends the reading.
   *
   * @param problems receives all that is wrong
   * @return the members, none of them null; empty if the text cannot be read
   */
  @SuppressWarnings("unchecked") // TreeReader makes maps with text keys only.
  public Optional<Map<String, Object>> object(Origin origin, String text, Problems problems) {
    try {
      Object read =
          read(text, new TreeReader.Report(origin, problems), reader -> reader.root(true));
      return read instanceof Map<?, ?> map
          ? Optional.of((Map<String, Object>) map)
          : Optional.empty();
    } catch (JsonException e) {
      problems.add(origin.name(), e.reason(), e.problem(origin.file()));
      return Optional.empty();
    }
  }

  /**
   * Decodes a text.
   *
   * @throws JsonException if it is not UTF-8
   */
  public static String text(ByteBuffer utf8) throws JsonException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException(JsonException.Reason.ENCODING, "must be UTF-8", null);
    }
  }

  /**
   * Returns the members of a value that was read.
   *
   * @throws IllegalArgumentException if it is not an object
   */
  @SuppressWarnings("unchecked") // TreeReader makes maps with text keys only.
  public static Map<String, @Nullable Object> members(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return (Map<String, @Nullable Object>) members;
    }
    throw new IllegalArgumentException("not an object");
  }

  private @Nullable Object read(String text, TreeReader.@Nullable Report report, Root root)
      throws JsonException {
    if (text.length() > bounds.length()) {
      throw new JsonException(
          JsonException.Reason.SIZE, "must have at most " + bounds.length() + " characters", null);
    }
    try (JsonParser parser = format.factory().createParser(text)) {
      TreeReader reader = new TreeReader(parser, bounds, report);
      try {
        return root.of(reader);
      } catch (JsonException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw format.invalid(e, reader.place());
      }
    } catch (JsonException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw format.invalid(e, new JsonException.Place(1, 1));
    }
  }
}
