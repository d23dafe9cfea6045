package dev.gatehouse.internal.runtime;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.admin.AdminKey;
import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.internal.config.ConsumerReader;
import dev.gatehouse.internal.config.CredentialReader;
import dev.gatehouse.internal.config.GroupReader;
import dev.gatehouse.internal.config.KeySetPlaces;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.http.IpAddress;
import dev.gatehouse.internal.imports.ImportedText;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The services of the Admin API for an application.
 *
 * @param door the access to the API
 * @param reading the readers of configurations
 * @param parts clocks and counters
 * @param state returns the present state
 */
record ApplicationAdministration(
    Door door, Reading reading, PluginServices parts, Supplier<ApplicationRuntime.State> state)
    implements Administration {
  private static final Pattern PLACE =
      Pattern.compile("^consumers\\[[^\\]]*](\\.credentials\\[[^\\]]*])?\\.?");

  private static final int UNAVAILABLE = 503;

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.audit");

  /**
   * The access to the Admin API.
   *
   * @param keys the admin keys
   * @param clients determines the source of a request
   * @param ipv6Prefix the prefix length by which IPv6 clients are counted
   * @param listener the listener of changes
   * @param keySets the allowed locations of key sets
   */
  record Door(
      List<AdminKey> keys,
      ClientAddress clients,
      int ipv6Prefix,
      GateListener listener,
      KeySetPlaces keySets) {}

  /**
   * Creates services. Records of requests must not refer to variables and files of this process.
   */
  ApplicationAdministration {
    reading =
        new Reading(reading.plugins(), SecretReferences.none(), reading.digest(), door.keySets());
  }

  @Override
  public List<AdminKey> keys() {
    return door.keys();
  }

  @Override
  public ConsumerRepository repository() {
    return state.get().store();
  }

  /**
   * Wrong keys are not stored, so that they cannot fill the store. A store that is down is not
   * awaited.
   */
  @Override
  public void changed(GateEvent.Changed change) {
    LOG.log(
        Level.INFO,
        "{0} {1} {2} -> {3}, from {4}",
        change.who(),
        change.action(),
        change.resource(),
        Integer.toString(change.status()),
        change.source());
    try {
      door.listener().changed(change);
      if (!change.who().equals(GateEvent.Changed.NOBODY) && change.status() != UNAVAILABLE) {
        audit().ifPresent(trail -> trail.add(change));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "audit event was not delivered to every listener: " + e);
    }
  }

  @Override
  public Optional<AuditTrail> audit() {
    return repository().audit();
  }

  @Override
  public RateLimiter limits() {
    return parts.limits();
  }

  @Override
  public Source source(String peer, Function<String, List<String>> headers) {
    String address = door.clients().of(peer, headers);
    return new Source(address, IpAddress.network(address, door.ipv6Prefix()));
  }

  @Override
  public long tick() {
    return parts.ticker().millis();
  }

  @Override
  public Instant now() {
    return parts.clock().instant();
  }

  @Override
  public Set<String> plugins() {
    return reading.plugins().names();
  }

  @Override
  public Set<String> credentialPlugins() {
    return reading.plugins().credentialPluginNames();
  }

  @Override
  public Optional<Map<String, Object>> schema(String plugin, boolean onConsumer) {
    return reading.plugins().schema(plugin, onConsumer);
  }

  @Override
  public Imported imported(Document document, ConfigProblems mistakes) {
    return new ImportedText(reading, this::hasGroup).read(document, mistakes);
  }

  /** Returns whether the store or its cache has a group. */
  private boolean hasGroup(String id) {
    return state.get().file().shared().groups().containsKey(id)
        || state.get().store().group(id) != null;
  }

  @Override
  public List<ConsumerGroup> fixedGroups() {
    return List.copyOf(state.get().file().shared().groups().values());
  }

  @Override
  public Optional<ConsumerGroup> group(Map<String, Object> body, ConfigProblems mistakes) {
    Map<String, Object> resolved =
        reading.references().resolve("", body, SecretReferences.Sinks.both(mistakes));
    return new GroupReader(reading.plugins(), mistakes)
        .read(PluginSettings.of(resolved).read("", mistakes));
  }

  @Override
  public Optional<ConsumerEntry> consumer(Map<String, Object> body, ConfigProblems mistakes) {
    return read(
        mistakes,
        (found, warnings) -> {
          if (body.containsKey("credentials")) {
            found.add("credentials", "have a resource of their own");
          }
          return new ConsumerReader(reading, found, warnings, this::hasGroup)
              .read(List.of(body)).stream().findFirst();
        });
  }

  @Override
  public Optional<CredentialEntry> credential(
      String username, Map<String, Object> body, ConfigProblems mistakes) {
    return read(
        mistakes,
        (found, warnings) ->
            new CredentialReader(reading, found, warnings)
                .read(new CredentialReader.Owner("consumers[0]", username), List.of(body)).stream()
                    .findFirst());
  }

  @Override
  public Optional<Credential> described(
      String plugin, Map<String, Object> body, ConfigProblems mistakes) {
    return new CredentialReader(reading, mistakes, new ArrayList<>()).described(plugin, body);
  }

  /** Reads a record of a file. */
  @FunctionalInterface
  private interface Reader<T> {
    Optional<T> read(ConfigProblems mistakes, List<ConfigProblem> warnings);
  }

  /** Paths are relative to the body. A reference that a file would skip is a problem here. */
  private static <T> Optional<T> read(ConfigProblems mistakes, Reader<T> reader) {
    ConfigProblems found = new ConfigProblems();
    List<ConfigProblem> warnings = new ArrayList<>();
    Optional<T> read = reader.read(found, warnings);
    warnings.forEach(found::add);
    found.found().forEach(one -> mistakes.add(one.at(PLACE.matcher(one.path()).replaceFirst(""))));
    return read;
  }
}
