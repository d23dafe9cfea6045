package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Route;
import dev.gatehouse.internal.plugin.ConfiguredAuthenticator;
import dev.gatehouse.internal.plugin.ConfiguredGuard;
import dev.gatehouse.internal.plugin.ConfiguredInterceptor;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.plugin.ConsumerPlugins;
import dev.gatehouse.internal.plugin.Layer;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Route with its configured plugins.
 *
 * <p>The plugins of Consumers are merged once per distinct set: a million Consumers with ten sets
 * cost ten merges. Safe for use by several threads.
 */
final class BoundRoute implements Selection {
  private static final CounterOwner SERVICE = new CounterOwner("service", "");

  private final Route route;
  private final List<ConfiguredAuthenticator<?>> auth;
  private final List<ConfiguredGuard<?>> guards;
  private final List<ConfiguredInterceptor<?>> requestGuards;
  private final HiddenNames hidden;
  private final List<Header> challenges;
  private final Admission.RouteId id;
  private final List<Admission.RouteId> idAlone;
  private final InterceptorPlan ownPlan;
  private final ConsumerPlans<InterceptorPlan> plans;
  private final CounterOwner owner;

  private BoundRoute(Route route, ConfiguredPlugins plugins, PluginRegistry all) {
    this.route = route;
    this.auth = plugins.authenticators();
    Map<String, ConfiguredInterceptor<?>> steps = plugins.interceptors();
    this.guards = steps.values().stream().<ConfiguredGuard<?>>flatMap(BoundRoute::guard).toList();
    Map<String, ConfiguredInterceptor<?>> own = new LinkedHashMap<>(steps);
    guards.forEach(guard -> own.remove(guard.plugin().name()));
    this.requestGuards =
        steps.values().stream()
            .filter(step -> step.plugin() instanceof RequestGuard<?>)
            .filter(step -> !step.meta().disabled())
            .sorted(Comparator.<ConfiguredInterceptor<?>>comparingInt(step -> -step.priority()))
            .toList();
    requestGuards.forEach(step -> own.remove(step.plugin().name()));
    this.hidden =
        HiddenNames.of(auth.stream().flatMap(step -> step.config().hidden().stream()).toList());
    this.challenges =
        auth.stream()
            .flatMap(step -> step.config().challenges().stream())
            .map(challenge -> new Header("WWW-Authenticate", challenge))
            .toList();
    this.id = new Admission.RouteId();
    this.idAlone = List.of(id);
    this.ownPlan = InterceptorPlan.of(inOrder(own));
    this.plans =
        new ConsumerPlans<>(
            (group, set) ->
                InterceptorPlan.of(merged(own, all.ofCaller(new ConsumerPlugins(group, set)))));
    this.owner = new CounterOwner("route", route.name());
  }

  /**
   * Binds a Route: its plugins replace those of all Routes of the same name, in the order of
   * priority.
   */
  static BoundRoute bind(ConfiguredRoute route, ConfiguredPlugins service, PluginRegistry all) {
    return new BoundRoute(route.route(), route.plugins().over(service), all);
  }

  /**
   * Returns the interceptors of a Consumer: those of its group and its own replace the Route's of
   * the same name.
   */
  private static List<ConfiguredInterceptor<?>> merged(
      Map<String, ConfiguredInterceptor<?>> ofRoute,
      Map<String, ConfiguredInterceptor<?>> ofCaller) {
    Map<String, ConfiguredInterceptor<?>> all = new LinkedHashMap<>(ofRoute);
    all.putAll(ofCaller);
    return inOrder(all);
  }

  /**
   * Sorts by priority, the highest first. Interceptors that attach headers come before all others.
   */
  private static List<ConfiguredInterceptor<?>> inOrder(
      Map<String, ConfiguredInterceptor<?>> steps) {
    return steps.values().stream()
        .filter(step -> !step.meta().disabled())
        .sorted(
            Comparator.<ConfiguredInterceptor<?>, Boolean>comparing(
                    step -> step.ownHeaders().isEmpty())
                .thenComparingInt(step -> -step.priority()))
        .toList();
  }

  Route route() {
    return route;
  }

  /** Returns the credential plugins in order. */
  List<ConfiguredAuthenticator<?>> auth() {
    return auth;
  }

  /** Returns the guards of the attempts to authenticate; usually there are none. */
  List<ConfiguredGuard<?>> guards() {
    return guards;
  }

  /** Returns the plugins that run before authentication. */
  List<ConfiguredInterceptor<?>> requestGuards() {
    return requestGuards;
  }

  /** Returns the names that are hidden from the application. */
  HiddenNames hidden() {
    return hidden;
  }

  /** Returns a reply with the challenges of all credential plugins if it is a 401. */
  Reply challenged(Reply reply) {
    return reply.status() == 401 ? reply.with(challenges) : reply;
  }

  /** Returns the identity of this Route. */
  Admission.RouteId id() {
    return id;
  }

  /** Returns a list with the identity of this Route. */
  List<Admission.RouteId> idAlone() {
    return idAlone;
  }

  /** Returns the view of a request for the credential plugins. */
  RequestView view(GateRequest request, Admission admission) {
    return new RequestView(request, admission.attaching(ownPlan.concealed()));
  }

  /**
   * Returns the interceptors of a Consumer's requests.
   *
   * @param consumer the Consumer, or null if none was identified
   * @param ofGroup the interceptors of its group
   * @throws dev.gatehouse.ConfigException if the settings of the Consumer or its group are invalid
   */
  InterceptorPlan plan(@Nullable Consumer consumer, PluginSet ofGroup) {
    if (consumer == null || (consumer.plugins().isEmpty() && ofGroup.isEmpty())) {
      return ownPlan;
    }
    return plans.of(consumer, ofGroup);
  }

  /** Returns the owner of an interceptor's settings. */
  CounterOwner owner(ConfiguredInterceptor<?> step, @Nullable Consumer consumer) {
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

  private static Stream<ConfiguredGuard<?>> guard(ConfiguredInterceptor<?> step) {
    return ConfiguredGuard.of(step).<ConfiguredGuard<?>>map(guard -> guard).stream();
  }

  @Override
  public String toString() {
    return "Route(" + String.join(" ", route.uris()) + " " + auth + ")";
  }
}
