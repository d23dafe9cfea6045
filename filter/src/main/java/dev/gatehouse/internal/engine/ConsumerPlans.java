package dev.gatehouse.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.Consumer;
import dev.gatehouse.internal.derived.DerivedKey;
import dev.gatehouse.internal.derived.DerivedValues;
import dev.gatehouse.settings.PluginSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The plans of a Route for the plugins of Consumers and their groups.
 *
 * <p>A Consumer holds its plan. Consumers with equal sets share one. Safe for use by several
 * threads.
 *
 * @param <P> the plan
 */
final class ConsumerPlans<P> {
  private final BiFunction<PluginSet, PluginSet, P> merge;

  /** The plans that Consumers hold. A plan goes with its last Consumer, so no bound is needed. */
  private final Cache<Sets, P> shared = Caffeine.newBuilder().weakValues().build();

  private final DerivedKey<Plan<P>> ofConsumer = new DerivedKey<>();

  /**
   * Creates plans.
   *
   * @param merge returns the plan of the sets of a group and a Consumer
   */
  ConsumerPlans(BiFunction<PluginSet, PluginSet, P> merge) {
    this.merge = merge;
  }

  private record Sets(PluginSet ofGroup, PluginSet own) {}

  /** The plan of a Consumer, valid while its group has this set. */
  private record Plan<P>(PluginSet ofGroup, P steps) {}

  /**
   * Returns the plan of a Consumer.
   *
   * @param ofGroup the plugins of its group
   * @throws dev.gatehouse.ConfigException if settings of a set are invalid
   */
  P of(Consumer consumer, PluginSet ofGroup) {
    if (!(consumer instanceof DerivedValues holder)) {
      return shared(ofGroup, consumer.plugins());
    }
    @Nullable Plan<P> known = ofConsumer.get(holder);
    if (known != null && known.ofGroup().equals(ofGroup)) {
      return known.steps();
    }
    P steps = shared(ofGroup, consumer.plugins());
    ofConsumer.put(holder, new Plan<>(ofGroup, steps));
    return steps;
  }

  private P shared(PluginSet ofGroup, PluginSet own) {
    return shared.get(new Sets(ofGroup, own), sets -> merge.apply(sets.ofGroup(), sets.own()));
  }
}
