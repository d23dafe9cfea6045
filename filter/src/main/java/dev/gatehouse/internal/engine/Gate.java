package dev.gatehouse.internal.engine;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestGuard;
import dev.gatehouse.spi.store.ConsumerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests: checks the target, finds the Route, identifies the caller and runs the
 * interceptors.
 *
 * <p>It writes no response and uses no servlet types. A failure throws an exception: the request is
 * not admitted then, and no permit is held. Safe for use by several threads.
 */
public final class Gate {
  private static final Reply BAD_TARGET = Reply.message(400, "Bad request target");
  private static final Reply NO_GROUP = Reply.errorMessage(503, null);
  private static final Verdict PASS = new Verdict.Pass();

  private final RouteTable routes;
  private final RequestGuards guards;
  private final Authentication authentication;
  private final Groups groups;
  private final GateEvents events;
  private final InstantSource ticker;

  private Gate(Setup setup, List<BoundRoute> bound, CredentialResolver credentials) {
    this.groups = new Groups(Map.copyOf(setup.groups()), credentials);
    this.routes = new RouteTable(bound, setup.allowSessionParameter());
    this.guards = new RequestGuards(bound, routes);
    this.authentication = new Authentication(credentials, setup.plugins().parts().profile());
    this.events = new GateEvents(setup.listener());
    this.ticker = setup.plugins().parts().ticker();
  }

  /**
   * The parts of a gate.
   *
   * @param routes the Routes; none means that every request passes
   * @param plugins the installed plugins, for the settings of Consumers and groups
   * @param store the store of Credentials and Consumers
   * @param digest the digest of presented values to lookup keys
   * @param listener the listener of decisions
   * @param allowSessionParameter whether a path may end in {@code ;jsessionid=...}
   * @param service the plugins of all Routes, which a Route's own of the same name replace
   * @param groups the interceptors of the configuration's groups by id; other groups are in the
   *     store
   */
  public record Setup(
      List<ConfiguredRoute> routes,
      PluginRegistry plugins,
      ConsumerStore store,
      LookupDigest digest,
      GateListener listener,
      boolean allowSessionParameter,
      ConfiguredPlugins service,
      Map<String, PluginSet> groups) {}

  /**
   * Creates a gate.
   *
   * <p>A missing anonymous Consumer is not a problem: the Route answers 401 until it exists.
   *
   * @throws ConfigException if two Routes have one name
   */
  public static Gate open(Setup setup) {
    ConfigProblems mistakes = new ConfigProblems();
    CredentialResolver credentials =
        new CredentialResolver(setup.store(), setup.digest(), setup.plugins().parts().clock());
    List<BoundRoute> bound = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < setup.routes().size(); i++) {
      ConfiguredRoute route = setup.routes().get(i);
      String name = route.route().name();
      if (!names.add(name)) {
        mistakes.add("routes[" + i + "].name", "is the name of another route: " + name);
      }
      bound.add(BoundRoute.bind(route, setup.service(), setup.plugins()));
    }
    mistakes.throwIfAny();
    new AnonymousConsumers(credentials).warnOfMissing(bound);
    return new Gate(setup, bound, credentials);
  }

  /**
   * Decides about a dispatch of a request.
   *
   * @param admission the previous decisions about the request; {@link Admission#NONE} at first
   * @throws dev.gatehouse.spi.store.StoreException if the store could not identify the caller
   */
  public Verdict admit(GateRequest request, Admission admission) {
    return admit(request, admission, null);
  }

  /**
   * Decides about a dispatch of a request whose caller may be identified already.
   *
   * @param early the result of {@link #identify} of this or another gate, or null
   * @throws dev.gatehouse.spi.store.StoreException if the store could not identify the caller
   */
  public Verdict admit(
      GateRequest request, Admission admission, @Nullable EarlyIdentification early) {
    if (!events.isHeard()) {
      return decide(request, admission, early);
    }
    Instant begun = ticker.instant();
    String decision = "failed";
    try {
      Verdict verdict = decide(request, admission, early);
      decision = verdict.word();
      return verdict;
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    } finally {
      events.decided(decision, Duration.between(begun, ticker.instant()));
    }
  }

  /**
   * Runs the guards of the request's Route, which decide before authentication. Called for the
   * first dispatch of a request, before {@link #admit}.
   */
  public RequestGuard.Outcome guard(GateRequest request) {
    return guards.ask(request);
  }

  /**
   * Identifies the caller of a new request without an event.
   *
   * @return {@link EarlyIdentification.NotAsked} if the target is ambiguous or the Route has no
   *     credential plugin
   * @throws dev.gatehouse.spi.store.StoreException if the store could not identify the caller
   */
  public EarlyIdentification identify(GateRequest request) {
    if (!(routes.select(request) instanceof BoundRoute route)) {
      return new EarlyIdentification.NotAsked();
    }
    Authentication.Result outcome =
        authentication.identify(route, route.view(request, Admission.NONE), null);
    if (outcome instanceof Identity identity) {
      return new EarlyIdentification.Identified(route.id(), identity);
    }
    return outcome instanceof Refusal refusal
        ? new EarlyIdentification.Refused(route.id(), refusal)
        : new EarlyIdentification.NotAsked();
  }

  /** Returns whether a Route protects a decoded path below the context path. */
  public boolean protects(String path) {
    return !routes.find(path).isEmpty();
  }

  private Verdict decide(
      GateRequest request, Admission admission, @Nullable EarlyIdentification early) {
    Selection selection = routes.select(request);
    if (selection instanceof BoundRoute route) {
      return admission.routes().contains(route.id())
          ? new Verdict.Admit(admission, List.of(), List.of(), null)
          : onRoute(route, request, admission, early);
    }
    if (selection instanceof Selection.Method other) {
      String name = other.routes().get(0).route().name();
      return refuse(name, Refusal.byGate(notServed(other.routes()), "method"));
    }
    return selection instanceof Selection.Unclear unclear
        ? refuse("", Refusal.byGate(BAD_TARGET, unclear.problem()))
        : PASS;
  }

  private Verdict onRoute(
      BoundRoute route, GateRequest sent, Admission before, @Nullable EarlyIdentification early) {
    RequestView request = route.view(sent, before);
    Authentication.@Nullable Result outcome = before.identity() == null ? of(early, route) : null;
    if (outcome == null) {
      outcome = authentication.identify(route, request, before.identity());
    }
    String name = route.route().name();
    if (outcome instanceof Refusal refusal) {
      return refuse(name, refusal);
    }
    @Nullable Identity identity = (Identity) outcome;
    @Nullable PluginSet ofGroup = groups.of(identity == null ? null : identity.consumer());
    if (ofGroup == null) {
      return refuse(name, Refusal.byGate(NO_GROUP, "the Consumer's group is not there"));
    }
    InterceptorPlan plan = route.plan(identity == null ? null : identity.consumer(), ofGroup);
    if (plan.isEmpty()) {
      Admission after = before.after(route, identity);
      events.admitted(name, after.consumer(), after.credential());
      return new Verdict.Admit(after, List.of(), List.of(), null);
    }
    request.show(before.of(identity, plan.concealed()));
    InterceptorChain chain = new InterceptorChain(route, request, plan);
    Refusal refusal = chain.walk(isSame(before.identity(), identity));
    return refusal == null ? admitted(route, request, chain) : refused(route, chain, refusal);
  }

  /** Returns the result of an early identification for a Route, or null. */
  private static Authentication.@Nullable Result of(
      @Nullable EarlyIdentification early, BoundRoute route) {
    if (early instanceof EarlyIdentification.Identified known && known.route() == route.id()) {
      return known.identity();
    }
    return early instanceof EarlyIdentification.Refused refused && refused.route() == route.id()
        ? refused.refusal()
        : null;
  }

  private Verdict admitted(BoundRoute route, RequestView request, InterceptorChain chain) {
    boolean concluded = false;
    try {
      String name = route.route().name();
      Admission after = request.admission().after(route, request.admission().identity());
      notice(name, chain);
      events.admitted(name, after.consumer(), after.credential());
      Verdict verdict = new Verdict.Admit(after, chain.headers(), chain.permits(), chain.delay());
      concluded = true;
      return verdict;
    } finally {
      if (!concluded) {
        chain.release();
      }
    }
  }

  private Verdict refused(BoundRoute route, InterceptorChain chain, Refusal refusal) {
    notice(route.route().name(), chain);
    return refuse(route.route().name(), refusal);
  }

  private void notice(String route, InterceptorChain chain) {
    for (InterceptorChain.Notice each : chain.notices()) {
      events.noticed(route, each.plugin(), each.reason());
    }
  }

  private static boolean isSame(@Nullable Identity before, @Nullable Identity now) {
    return before != null
        && now != null
        && before.consumer().username().equals(now.consumer().username());
  }

  private Verdict.Refuse refuse(String route, Refusal refusal) {
    events.refused(route, refusal);
    return new Verdict.Refuse(refusal.reply());
  }

  private static Reply notServed(List<BoundRoute> candidates) {
    TreeSet<String> methods = new TreeSet<>();
    candidates.forEach(route -> methods.addAll(route.route().methods()));
    return Reply.message(405, "Method not allowed")
        .with(List.of(new Header("Allow", String.join(", ", methods))));
  }
}
