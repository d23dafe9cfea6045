package dev.gatehouse.internal.jpa.row;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import java.util.function.Function;

/**
 * A cache of parsed settings and short texts of columns, shared by all rows with the same text.
 *
 * <p>Bounded, and safe for use by several threads.
 */
public final class ParseCache {
  private static final int MAX_TEXTS = 10_000;
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_WORD_LENGTH = 64;

  private final Cache<String, PluginSet> plugins = texts();
  private final Cache<String, PluginSettings> settings = texts();
  private final Cache<String, String> words = texts();
  private final Cache<CredentialColumns, Credential> credentials = texts();

  private static <K, T> Cache<K, T> texts() {
    return Caffeine.newBuilder().maximumSize(MAX_TEXTS).executor(Runnable::run).build();
  }

  PluginSet plugins(String text) {
    return shared(plugins, text, StoredJson::plugins);
  }

  public PluginSettings settings(String text) {
    return shared(settings, text, StoredJson::settings);
  }

  Credential credential(CredentialColumns columns) {
    Credential known = credentials.getIfPresent(columns);
    if (known == null) {
      known = columns.createCredential(this);
      credentials.put(columns, known);
    }
    return known;
  }

  /** Returns an equal text; the same object for equal short texts. */
  public String word(String text) {
    return text.length() > MAX_WORD_LENGTH ? text : words.get(text, Function.identity());
  }

  private static <T> T shared(Cache<String, T> texts, String text, Function<String, T> parser) {
    return text.length() > MAX_LENGTH ? parser.apply(text) : texts.get(text, parser);
  }
}
