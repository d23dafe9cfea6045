package dev.gatehouse.internal.config;

import java.io.IOException;

/** A text that can be read again. Implementations are safe for use by several threads. */
public interface ConfigSource {
  /** How the text is called in messages. */
  String name();

  /** When the text was changed, in milliseconds since 1970; 0 when that cannot be known. */
  long lastModified() throws IOException;

  /** The whole text. */
  String text() throws IOException;
}
