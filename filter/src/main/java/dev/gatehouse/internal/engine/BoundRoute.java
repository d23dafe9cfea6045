package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Route;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Route whose plugins were configured once, at start.
 *
 * <p>The merge with a Consumer's own plugins is made once per distinct set of plugins: a million
 * Consumers with ten sets cost ten merges. Safe for use by several threads.
 */
final class BoundRoute {
  private static final CounterOwner SERVICE = new CounterOwner("service", "");

  private final Route route;
  private final List<AuthStep<?>> auth;
  private final List<GuardStep<?>> guards;
  private final List<PolicyStep<?>> requestGuards;
  private final List<CredentialLocation> hidden;
  private final List<Header> challenges;
  private final Passage.Settled settled;
  private final List<Passage.Settled> settledAlone;
  private final List<PolicyStep<?>> ownPlan;
  private final Map<String, Optional<String>> concealed;
  private final ConsumerPlans<List<PolicyStep<?>>> plans;
  private final CounterOwner owner;

  private BoundRoute(Route route, ConfiguredPlugins plugins, PluginRegistry all) {
    this.route = route;
    this.auth = plugins.authenticators();
    Map<String, PolicyStep<?>> steps = plugins.interceptors();
    this.guards = steps.values().stream().<GuardStep<?>>flatMap(BoundRoute::guard).toList();
    Map<String, PolicyStep<?>> own = new LinkedHashMap<>(steps);
    guards.forEach(guard -> own.remove(guard.plugin().name()));
    this.requestGuards =
        steps.values().stream()
            .filter(step -> step.plugin() instanceof RequestGuard<?>)
            .filter(step -> !step.meta().disabled())
            .sorted(Comparator.<PolicyStep<?>>comparingInt(step -> -step.priority()))
            .toList();
    requestGuards.forEach(step -> own.remove(step.plugin().name()));
    this.hidden =
        auth.stream().flatMap(step -> step.config().hidden().stream()).distinct().toList();
    this.challenges =
        auth.stream()
            .flatMap(step -> step.config().challenges().stream())
            .map(challenge -> new Header("WWW-Authenticate", challenge))
            .toList();
    this.settled = new Passage.Settled();
    this.settledAlone = List.of(settled);
    this.ownPlan = inOrder(own);
    this.concealed = concealed(ownPlan);
    this.plans =
        new ConsumerPlans<>(
            (group, set) -> merged(own, all.ofCaller(new CallerPlugins(group, set))));
    this.owner = new CounterOwner("route", route.name());
  }

  /** Binds a Route: its plugins replace those of all Routes, and both are put in order. */
  static BoundRoute bind(ConfiguredRoute route, ConfiguredPlugins service, PluginRegistry all) {
    return new BoundRoute(route.route(), route.plugins().over(service), all);
  }

  /** Those of the Consumer's group and its own replace the Route's of the same name. */
  private static List<PolicyStep<?>> merged(
      Map<String, PolicyStep<?>> ofRoute, Map<String, PolicyStep<?>> ofCaller) {
    Map<String, PolicyStep<?>> all = new LinkedHashMap<>(ofRoute);
    all.putAll(ofCaller);
    return inOrder(all);
  }

  /** Highest priority first; those that attach headers come before all others. */
  private static List<PolicyStep<?>> inOrder(Map<String, PolicyStep<?>> steps) {
    return steps.values().stream()
        .filter(step -> !step.meta().disabled())
        .sorted(
            Comparator.<PolicyStep<?>, Boolean>comparing(step -> step.ownHeaders().isEmpty())
                .thenComparingInt(step -> -step.priority()))
        .toList();
  }

  Route route() {
    return route;
  }

  /** The credential plugins, in the order in which they are asked. */
  List<AuthStep<?>> auth() {
    return auth;
  }

  /** Who watches the attempts to prove who calls; usually nobody. */
  List<GuardStep<?>> guards() {
    return guards;
  }

  /** Returns the plugins that are asked before any credential is looked at. */
  List<PolicyStep<?>> requestGuards() {
    return requestGuards;
  }

  /** The places that the application must not see. */
  List<CredentialLocation> hidden() {
    return hidden;
  }

  /** The challenges of every credential plugin, for a refusal. */
  List<Header> challenges() {
    return challenges;
  }

  /** What a passage remembers of this Route. */
  Passage.Settled settled() {
    return settled;
  }

  /** A passage's list after this Route was the first. */
  List<Passage.Settled> settledAlone() {
    return settledAlone;
  }

  /**
   * The interceptors of a Consumer's request, in the order in which they are asked.
   *
   * @param ofGroup those that it has from its group
   * @throws dev.gatehouse.ConfigException if the Consumer's own settings or its group's cannot be
   *     used
   */
  List<PolicyStep<?>> plan(@Nullable Consumer consumer, PluginSet ofGroup) {
    if (consumer == null || (consumer.plugins().isEmpty() && ofGroup.isEmpty())) {
      return ownPlan;
    }
    return plans.of(consumer, ofGroup);
  }

  /** The headers that this Route's plugins attach, none of which has a value yet. */
  Map<String, Optional<String>> concealed() {
    return concealed;
  }

  /** The headers that steps attach, none of which has a value yet. */
  static Map<String, Optional<String>> concealed(List<PolicyStep<?>> steps) {
    Map<String, Optional<String>> names = Map.of();
    for (PolicyStep<?> step : steps) {
      for (String name : step.ownHeaders()) {
        names = names.isEmpty() ? new TreeMap<>(Header.BY_NAME) : names;
        names.put(name, Optional.empty());
      }
    }
    return names;
  }

  /** Whose settings a step has. */
  CounterOwner owner(PolicyStep<?> step, @Nullable Consumer consumer) {
    if (step.layer() == Layer.SERVICE) {
      return SERVICE;
    }
    if (consumer == null || !step.layer().ofConsumer()) {
      return owner;
    }
    return step.layer() == Layer.CONSUMER
        ? new CounterOwner("consumer", consumer.username())
        : new CounterOwner("consumer-group", consumer.group().orElse(""));
  }

  private static Stream<GuardStep<?>> guard(PolicyStep<?> step) {
    return GuardStep.of(step).<GuardStep<?>>map(guard -> guard).stream();
  }

  @Override
  public String toString() {
    return "Route(" + String.join(" ", route.uris()) + " " + auth + ")";
  }
}
