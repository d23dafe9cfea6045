package dev.gatehouse.internal.auth;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code multi-auth}: several credential plugins, one of which must succeed.
 *
 * <p>The plugins run in the order of the configuration, and the first one that succeeds decides. An
 * inner {@code anonymous_consumer} is used only if no plugin succeeds.
 */
final class MultiAuth implements CredentialPlugin<MultiAuth.Config> {
  private static final System.Logger LOG = System.getLogger(MultiAuth.class.getName());
  private static final String PLUGINS = "auth_plugins";
  private static final Reply FAILED = Reply.message(401, "Authorization Failed");

  private final Map<String, CredentialPlugin<?>> known = new LinkedHashMap<>();

  /**
   * Creates it.
   *
   * @param plugins the plugins that a Route may list
   */
  MultiAuth(List<CredentialPlugin<?>> plugins) {
    plugins.forEach(plugin -> known.put(plugin.name(), plugin));
  }

  /** One plugin with its settings. */
  record Step<C extends AuthConfig>(CredentialPlugin<C> plugin, C config) {
    AuthResult ask(GateRequest request, CredentialLookup credentials) {
      return plugin.authenticate(config, request, credentials);
    }
  }

  /**
   * The settings on a Route.
   *
   * @param steps the plugins in the order in which they run
   */
  record Config(AuthSettings common, List<Step<?>> steps) implements AuthConfig {
    Config {
      steps = List.copyOf(steps);
    }

    Config(List<Step<?>> steps) {
      this(shared(steps), steps);
    }

    private static AuthSettings shared(List<Step<?>> steps) {
      boolean hides = steps.stream().anyMatch(step -> step.config().common().hideCredentials());
      Optional<String> anonymous =
          steps.stream()
              .flatMap(step -> step.config().common().anonymousConsumer().stream())
              .findFirst();
      return new AuthSettings("multi", hides, anonymous);
    }

    @Override
    public List<String> challenges() {
      return steps.stream().flatMap(s -> s.config().challenges().stream()).distinct().toList();
    }

    @Override
    public List<CredentialLocation> places() {
      return steps.stream().flatMap(s -> s.config().places().stream()).distinct().toList();
    }

    /** Always false: each inner plugin hides its own credential. */
    @Override
    public List<CredentialLocation> hidden() {
      return steps.stream().flatMap(s -> s.config().hidden().stream()).distinct().toList();
    }

    @Override
    public String toString() {
      return steps.stream()
          .map(step -> step.config().toString())
          .collect(Collectors.joining(", ", "multi-auth(", ")"));
    }
  }

  @Override
  public String name() {
    return "multi-auth";
  }

  @Override
  public int priority() {
    return 2600;
  }

  @Override
  public String attribute() {
    return PLUGINS;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    List<SettingsReader> items = settings.objects(PLUGINS);
    if (items.size() < 2) {
      settings.report(PLUGINS, "must be a list of at least 2 objects, was one of " + items.size());
    }
    List<Step<?>> steps = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String at = PLUGINS + "[" + i + "]";
      Map<String, Object> plugins = items.get(i).all().values();
      if (plugins.isEmpty()) {
        settings.report(at, "must hold a plugin; known are " + names());
      }
      plugins.forEach(
          (name, value) -> {
            Step<?> step = step(new Item(settings, at + "." + name, name), value, parts);
            if (step != null) {
              steps.add(step);
            }
          });
    }
    return new Config(steps);
  }

  /** The position of one plugin in the settings. */
  private record Item(SettingsReader settings, String at, String name) {
    void mistake(String problem) {
      settings.report(at, problem);
    }
  }

  private @Nullable Step<?> step(Item item, Object value, PluginServices parts) {
    @Nullable CredentialPlugin<?> plugin = known.get(item.name());
    if (plugin == null) {
      String problem = item.name().equals(name()) ? " is not supported" : " did not found";
      item.mistake(item.name() + " plugin" + problem + "; known are " + names());
      return null;
    }
    if (!(value instanceof Map<?, ?> members)) {
      item.mistake("must be an object");
      return null;
    }
    Map<String, Object> given = new LinkedHashMap<>();
    members.forEach((key, member) -> given.put(String.valueOf(key), member));
    return configured(plugin, item, PluginSettings.of(given), parts);
  }

  private static <C extends AuthConfig> @Nullable Step<C> configured(
      CredentialPlugin<C> plugin, Item item, PluginSettings given, PluginServices parts) {
    ConfigProblems mistakes = new ConfigProblems();
    SettingsReader reader = given.read(item.at(), mistakes);
    @Nullable C config = null;
    try {
      config = plugin.configure(reader, parts);
    } catch (ConfigException e) {
      reader.addAll(e);
    }
    reader.finish();
    String failed = "plugin " + item.name() + " check schema failed: ";
    mistakes.found().forEach(one -> item.settings().report(one.path(), failed + one.message()));
    return config == null ? null : new Step<>(plugin, config);
  }

  private String names() {
    return String.join(", ", new TreeSet<>(known.keySet()));
  }

  @Override
  public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
    settings.all();
    settings.report(
        PLUGINS, "belongs on a route; a credential has one plugin of its own: " + names());
    return new EnrolledCredential(Secret.of(""), PluginSettings.EMPTY);
  }

  @Override
  public AuthResult authenticate(Config config, GateRequest request, CredentialLookup credentials) {
    List<String> reasons = new ArrayList<>();
    boolean presented = false;
    AuthResult.@Nullable Rejected unclear = null;
    for (Step<?> step : config.steps()) {
      AuthResult result = step.ask(request, credentials);
      if (result instanceof AuthResult.Authenticated) {
        return result;
      }
      reasons.add(reason(step, result));
      if (result instanceof AuthResult.Rejected rejected) {
        presented = true;
        unclear = unclear == null && rejected.reply().status() >= 500 ? rejected : unclear;
      }
    }
    reasons.forEach(reason -> LOG.log(System.Logger.Level.DEBUG, reason));
    if (unclear != null) {
      return unclear;
    }
    return presented
        ? new AuthResult.Rejected(FAILED, String.join("; ", reasons))
        : new AuthResult.NoCredential(FAILED);
  }

  private static String reason(Step<?> step, AuthResult result) {
    boolean rejected = result instanceof AuthResult.Rejected;
    Reply reply =
        result instanceof AuthResult.Rejected wrong
            ? wrong.reply()
            : ((AuthResult.NoCredential) result).reply();
    return step.plugin().name()
        + " failed to authenticate the request, code: "
        + reply.status()
        + ". error: "
        + (rejected ? ((AuthResult.Rejected) result).reason() : "no credential presented");
  }
}
