package dev.gatehouse.internal.plugin;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.Condition;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The setting {@code _meta} of an interceptor. Immutable and safe for use by several threads.
 *
 * @param disabled whether the plugin is disabled, for example on a Consumer to disable a Route's
 * @param priority a priority that replaces the plugin's
 * @param filter the condition on requests
 * @param errorResponse a body that replaces that of replies with a status of 400 and more
 */
public record PluginMeta(
    boolean disabled,
    OptionalInt priority,
    Condition filter,
    Optional<Reply.Content> errorResponse) {
  private static final String NAME = "_meta";
  private static final PluginMeta NONE =
      new PluginMeta(false, OptionalInt.empty(), Condition.ALWAYS, Optional.empty());
  private static final int FARTHEST = 1_000_000;

  /**
   * Reads the setting and reports problems.
   *
   * @param plugin the plugin; guards have no filter
   */
  public static PluginMeta read(
      SettingsReader settings, ConsumerInterceptor<?> plugin, Condition.Reader conditions) {
    Optional<SettingsReader> given = settings.member(NAME);
    if (given.isEmpty()) {
      return NONE;
    }
    SettingsReader meta = given.get();
    Condition.Reader reader =
        plugin instanceof AttemptGuard<?> || plugin instanceof RequestGuard<?>
            ? Condition.Reader.NONE
            : conditions;
    OptionalInt priority =
        meta.has("priority")
            ? OptionalInt.of((int) meta.integer("priority", -FARTHEST, FARTHEST))
            : OptionalInt.empty();
    Condition filter = meta.has("filter") ? reader.read(meta, "filter") : Condition.ALWAYS;
    PluginMeta read = new PluginMeta(meta.flag("disable", false), priority, filter, content(meta));
    meta.notAvailable(List.of("pre_function"));
    meta.finish();
    return read;
  }

  private static Optional<Reply.Content> content(SettingsReader meta) {
    return meta.isText("error_response")
        ? meta.nonEmpty("error_response")
            .map(text -> new Reply.Content("text/plain;charset=UTF-8", text))
        : meta.json("error_response").map(json -> new Reply.Content("application/json", json));
  }

  /** Reports the setting on a credential plugin, which could leave a Route open. */
  public static void refuse(SettingsReader settings) {
    settings.refuse(
        NAME, "is not available for plugins that authenticate; to switch one off, take it out");
  }

  /** Returns the plugin's decision with the configured body. */
  public Decision answer(Decision decision) {
    return errorResponse.isPresent()
            && decision instanceof Decision.Deny deny
            && deny.reply().status() >= 400
        ? new Decision.Deny(deny.reply().with(errorResponse.get()), deny.reason())
        : decision;
  }
}
