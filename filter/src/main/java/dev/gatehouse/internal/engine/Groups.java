package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups of Consumers: those of the configuration, and beside them those of the store.
 *
 * @param fixed by id
 * @param stored where the others are
 */
record Groups(Map<String, PluginSet> fixed, CredentialResolver stored) {
  /** The interceptors that a Consumer has from its group; null if its group is not there. */
  @Nullable PluginSet of(@Nullable Consumer consumer) {
    if (consumer == null || consumer.group().isEmpty()) {
      return PluginSet.EMPTY;
    }
    String id = consumer.group().get();
    @Nullable PluginSet known = fixed.get(id);
    return known == null ? stored.group(id) : known;
  }
}
