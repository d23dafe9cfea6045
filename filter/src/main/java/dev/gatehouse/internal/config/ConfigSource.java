package dev.gatehouse.internal.config;

import java.io.IOException;

/** A text that can be read repeatedly. Implementations must be safe for use by several threads. */
public interface ConfigSource {
  /** Returns the name of the text in messages. */
  String name();

  /** Returns the time of the last change in milliseconds since 1970, or 0 if it is unknown. */
  long lastModified() throws IOException;

  /** Returns the whole text. */
  String text() throws IOException;
}
