package dev.gatehouse.internal.engine;

import dev.gatehouse.settings.PluginSet;

/**
 * The interceptors that come with a Consumer.
 *
 * @param ofGroup those of its group
 * @param own its own, which replace the group's of the same name
 */
record CallerPlugins(PluginSet ofGroup, PluginSet own) {
  static final CallerPlugins NONE = new CallerPlugins(PluginSet.EMPTY, PluginSet.EMPTY);
}
