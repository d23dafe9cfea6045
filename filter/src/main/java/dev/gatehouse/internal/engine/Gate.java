package dev.gatehouse.internal.engine;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.Decision;
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
 * The whole decision about a request: is its target clear, which Route holds, who calls, and may
 * they.
 *
 * <p>It reads no body, writes no response and knows no servlet type. Whatever breaks comes out as
 * an exception, and then nothing was admitted and nothing is held. Safe for use by several threads.
 */
public final class Gate {
  private static final Reply BAD_TARGET = Reply.message(400, "Bad request target");
  private static final Reply NO_GROUP = Reply.errorMessage(503, null);
  private static final Verdict PASS = new Verdict.Pass();

  private final RouteTable routes;
  private final RequestGuards guards;
  private final Identifier identifier;
  private final Groups groups;
  private final boolean allowSessionParameter;
  private final Told told;
  private final InstantSource ticker;

  private Gate(Setup setup, List<BoundRoute> bound, Identifier identifier, Groups groups) {
    this.groups = groups;
    this.routes = new RouteTable(bound);
    this.guards = new RequestGuards(bound, routes, setup.allowSessionParameter());
    this.identifier = identifier;
    this.allowSessionParameter = setup.allowSessionParameter();
    this.told = new Told(setup.listener());
    this.ticker = setup.plugins().parts().ticker();
  }

  /**
   * All that a gate is made of.
   *
   * @param routes the Routes; none means that every request passes
   * @param plugins the installed plugins, for the settings of Consumers and groups
   * @param store where Credentials and Consumers are found
   * @param digest how a presented value becomes a lookup key
   * @param listener hears what is decided
   * @param allowSessionParameter whether a trailing {@code ;jsessionid=...} is let through
   * @param service the plugins of all Routes, which a Route's own of the same name replace
   * @param groups the interceptors of the configuration's groups of Consumers, by the group's id;
   *     others are looked for in the store
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
   * Builds a gate.
   *
   * <p>A Route whose anonymous Consumer is not in the store is no mistake: it answers 401 until the
   * Consumer is there.
   *
   * @throws ConfigException if two Routes have one name
   */
  public static Gate open(Setup setup) {
    ConfigProblems mistakes = new ConfigProblems();
    UsableCredentials credentials =
        new UsableCredentials(setup.store(), setup.digest(), setup.plugins().parts().clock());
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
    return new Gate(
        setup,
        bound,
        new Identifier(credentials, setup.plugins().parts().profile()),
        new Groups(Map.copyOf(setup.groups()), credentials));
  }

  /**
   * Decides about one dispatch of a request.
   *
   * @param passage how far the request has come; {@link Passage#NONE} at first
   * @throws dev.gatehouse.spi.store.StoreException if the store could not find out who calls
   */
  public Verdict admit(GateRequest request, Passage passage) {
    return admit(request, passage, null);
  }

  /**
   * Decides about one dispatch of a request of which it may be known who sends it.
   *
   * @param foreknown what {@link #identify} has found out, of this gate or another one, or null
   * @throws dev.gatehouse.spi.store.StoreException if the store could not find out who calls
   */
  public Verdict admit(GateRequest request, Passage passage, @Nullable Foreknown foreknown) {
    Instant begun = told.isHeard() ? ticker.instant() : Instant.EPOCH;
    String decision = "failed";
    try {
      Verdict verdict = decide(request, passage, foreknown);
      decision = verdict.word();
      return verdict;
    } catch (RuntimeException e) {
      told.failed(e);
      throw e;
    } finally {
      if (told.isHeard()) {
        told.decided(decision, Duration.between(begun, ticker.instant()));
      }
    }
  }

  /**
   * Asks the plugins that decide before any credential is looked at, on the first dispatch of a
   * request; {@link #admit} comes after it.
   */
  public RequestGuard.Outcome guard(GateRequest request) {
    return guards.ask(new RequestView(request, Passage.NONE));
  }

  /**
   * Finds out who sends a request that no gate has decided about yet, and tells nobody.
   *
   * @return null when its target is not clear or its Route has no credential plugin: then there is
   *     nothing to find out
   * @throws dev.gatehouse.spi.store.StoreException if the store could not find out who calls
   */
  public @Nullable Foreknown identify(GateRequest request) {
    RequestTarget target = RequestTarget.of(request, allowSessionParameter);
    if (target.problem() != null) {
      return null;
    }
    List<BoundRoute> candidates = candidates(request, target);
    BoundRoute route = candidates == null ? null : RouteTable.serving(request.method(), candidates);
    return route == null || route.auth().isEmpty()
        ? null
        : new Foreknown(
            route.settled(), identifier.identify(route, view(route, request, Passage.NONE), null));
  }

  /** What the credential plugins of a Route see of a request. */
  private static RequestView view(BoundRoute route, GateRequest request, Passage passage) {
    return new RequestView(request, passage.attaching(route.concealed()));
  }

  /**
   * The Routes of the path that runs, else of the path that was sent. Null if a container reads a
   * plus sign as a blank, and the two readings lead to different Routes.
   */
  private @Nullable List<BoundRoute> candidates(GateRequest request, RequestTarget target) {
    List<BoundRoute> served = routes.find(request.servedPath());
    List<BoundRoute> sent = routes.find(target.path());
    boolean plus = target.path().indexOf('+') >= 0 && request.servedPath().indexOf(' ') >= 0;
    if (plus && !served.equals(sent)) {
      return null;
    }
    return served.isEmpty() ? sent : served;
  }

  /** Returns whether a Route protects a decoded path below the context path. */
  public boolean protects(String path) {
    return !routes.find(path).isEmpty();
  }

  private Verdict decide(GateRequest request, Passage passage, @Nullable Foreknown foreknown) {
    RequestTarget target = RequestTarget.of(request, allowSessionParameter);
    if (target.problem() != null) {
      return refuse("", "gate", BAD_TARGET, target.problem());
    }
    @Nullable List<BoundRoute> candidates = candidates(request, target);
    if (candidates == null) {
      return refuse("", "gate", BAD_TARGET, "a blank and a plus sign lead to different Routes");
    }
    if (candidates.isEmpty()) {
      return PASS;
    }
    BoundRoute route = RouteTable.serving(request.method(), candidates);
    if (route == null) {
      return refuse(candidates.get(0).route().name(), "gate", notServed(candidates), "method");
    }
    return passage.settled().contains(route.settled())
        ? new Verdict.Admit(passage, Map.of(), List.of(), List.of(), null)
        : onRoute(route, request, passage, foreknown);
  }

  private Verdict onRoute(
      BoundRoute route, GateRequest sent, Passage passage, @Nullable Foreknown foreknown) {
    Consumer before = passage.consumer();
    Caller known = before == null ? null : new Caller(before, passage.credential());
    RequestView request = view(route, sent, passage);
    Identification who =
        known == null && foreknown != null && foreknown.at() == route.settled()
            ? foreknown.who()
            : identifier.identify(route, request, known);
    if (who instanceof Identification.Unknown unknown) {
      return refuse(route.route().name(), unknown.plugin(), unknown.reply(), unknown.reason());
    }
    @Nullable Caller caller = ((Identification.Known) who).caller();
    @Nullable Consumer consumer = caller == null ? null : caller.consumer();
    @Nullable PluginSet ofGroup = groups.of(consumer);
    if (ofGroup == null) {
      return refuse(route.route().name(), "gate", NO_GROUP, "the Consumer's group is not there");
    }
    request.show(passage.of(caller));
    PolicyRun run = new PolicyRun(route, request, ofGroup);
    PolicyRun.Denial denial = run.walk(isSame(before, consumer));
    boolean concluded = false;
    try {
      Verdict verdict = conclude(route, run, denial, request.passage().after(route));
      concluded = true;
      return verdict instanceof Verdict.Admit admit && caller != null
          ? admit.with(caller.facts())
          : verdict;
    } finally {
      if (!concluded) {
        run.release();
      }
    }
  }

  private Verdict conclude(
      BoundRoute route, PolicyRun run, PolicyRun.@Nullable Denial denial, Passage after) {
    String name = route.route().name();
    run.notices().forEach(one -> told.noticed(name, one.plugin(), one.reason()));
    if (denial != null) {
      Decision.Deny deny = denial.decision();
      return refuse(name, denial.plugin(), deny.reply(), deny.reason());
    }
    told.admitted(name, after.consumer(), after.credential());
    return new Verdict.Admit(after, Map.of(), run.headers(), run.permits(), run.delay());
  }

  private static boolean isSame(@Nullable Consumer before, @Nullable Consumer now) {
    return before != null && now != null && before.username().equals(now.username());
  }

  private Verdict.Refuse refuse(String route, String plugin, Reply reply, String reason) {
    told.refused(route, plugin, reply.status(), reason);
    return new Verdict.Refuse(reply);
  }

  private static Reply notServed(List<BoundRoute> candidates) {
    TreeSet<String> methods = new TreeSet<>();
    candidates.forEach(route -> methods.addAll(route.route().methods()));
    return Reply.message(405, "Method not allowed")
        .with(List.of(new Header("Allow", String.join(", ", methods))));
  }
}
