package dev.gatehouse.internal.plugin;

import dev.gatehouse.settings.PluginSet;

/**
 * The interceptors of a Consumer.
 *
 * @param ofGroup the interceptors of its group
 * @param own its own interceptors, which replace the group's of the same name
 */
public record ConsumerPlugins(PluginSet ofGroup, PluginSet own) {
  static final ConsumerPlugins NONE = new ConsumerPlugins(PluginSet.EMPTY, PluginSet.EMPTY);
}
