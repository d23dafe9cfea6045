package dev.gatehouse.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerPlansTest {
  private static final PluginSet ALPHA = set("alpha");
  private static final PluginSet BETA = set("beta");

  private final List<String> merged = new ArrayList<>();
  private final ConsumerPlans<String> plans = plans();

  @Test
  void plan_ofAConsumer_isMadeOnceForEachSetOfItsGroup() {
    Consumer acme = consumer("acme", ALPHA);

    assertEquals("beta over alpha", plans.of(acme, BETA));
    assertSame(plans.of(acme, BETA), plans.of(acme, set("beta")));
    assertEquals(" over alpha", plans.of(acme, PluginSet.EMPTY));
    assertEquals("beta over alpha", plans.of(acme, BETA));
    assertEquals(List.of("beta over alpha", " over alpha"), merged);
  }

  @Test
  void plan_ofEqualSets_isShared() {
    assertSame(
        plans.of(consumer("acme", set("alpha")), BETA),
        plans.of(consumer("bob", set("alpha")), BETA));
    assertEquals(1, merged.size());
  }

  @Test
  void plan_ofAnotherRoute_isAnotherOne() {
    Consumer acme = consumer("acme", ALPHA);
    List<ConsumerPlans<String>> routes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      routes.add(plans());
    }

    routes.forEach(route -> route.of(acme, BETA));
    routes.forEach(route -> assertEquals("beta over alpha", route.of(acme, BETA)));

    assertEquals(40, merged.size());
  }

  @Test
  void plans_ofManySets_areMadeOncePerSet() {
    List<Consumer> consumers = new ArrayList<>();
    for (int i = 0; i < 24_000; i++) {
      consumers.add(consumer("c" + i, set("p" + i % 12_000)));
    }
    for (int round = 0; round < 3; round++) {
      consumers.forEach(consumer -> plans.of(consumer, PluginSet.EMPTY));
    }

    assertEquals(12_000, merged.size());
  }

  private ConsumerPlans<String> plans() {
    return new ConsumerPlans<>(
        (ofGroup, own) -> {
          String plan = ofGroup + " over " + own;
          merged.add(plan);
          return plan;
        });
  }

  private static Consumer consumer(String name, PluginSet own) {
    return Consumer.named(name).plugins(own).build();
  }

  private static PluginSet set(String plugin) {
    return PluginSet.of(Map.of(plugin, PluginSettings.EMPTY));
  }
}
