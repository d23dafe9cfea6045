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
 * What every interceptor's settings may say about itself: the setting {@code _meta} (reference
 * section 1.8). Immutable and safe for use by several threads.
 *
 * @param disabled whether the plugin is not asked; a Consumer may switch a Route's plugin off so
 * @param priority its place in the order, instead of its own
 * @param filter of which requests it is asked
 * @param errorResponse the body of its replies of 400 and more, instead of its own
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
   * Reads it, and reports what is wrong.
   *
   * @param plugin whose settings they are; one that is asked before it is known who calls has no
   *     filter
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

  /** A credential plugin has none: switched off silently it would leave a Route open. */
  public static void refuse(SettingsReader settings) {
    settings.refuse(
        NAME, "is not available for plugins that authenticate; to switch one off, take it out");
  }

  /** The plugin's decision with the body that is wanted. */
  public Decision answer(Decision decision) {
    return errorResponse.isPresent()
            && decision instanceof Decision.Deny deny
            && deny.reply().status() >= 400
        ? new Decision.Deny(deny.reply().with(errorResponse.get()), deny.reason())
        : decision;
  }
}
