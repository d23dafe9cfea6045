package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups of Consumers, of the configuration and of the store.
 *
 * @param fixed the interceptors of the configuration's groups by id
 * @param stored the resolver of other groups
 */
record Groups(Map<String, PluginSet> fixed, CredentialResolver stored) {
  /** Returns the interceptors of a Consumer's group, or null if the group does not exist. */
  @Nullable PluginSet of(@Nullable Consumer consumer) {
    if (consumer == null || consumer.group().isEmpty()) {
      return PluginSet.EMPTY;
    }
    String id = consumer.group().get();
    @Nullable PluginSet known = fixed.get(id);
    return known == null ? stored.group(id) : known;
  }
}
