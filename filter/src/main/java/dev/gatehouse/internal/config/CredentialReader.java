package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.store.UniquenessCheck;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.CredentialEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the {@code credentials} of Consumers. It refuses duplicate lookup values. For one
 * configuration; not safe for use by several threads.
 *
 * <p>A Credential with an unresolved reference is skipped with a warning; its other problems are
 * still reported.
 */
public final class CredentialReader {
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private final Reading reading;
  private final ConfigProblems mistakes;
  private final List<ConfigProblem> warnings;
  private final UniquenessCheck uniqueness;

  public CredentialReader(Reading reading, ConfigProblems mistakes, List<ConfigProblem> warnings) {
    this.reading = reading;
    this.mistakes = mistakes;
    this.warnings = warnings;
    this.uniqueness = new UniquenessCheck(this::attributeOf);
  }

  /** The Consumer whose Credentials are read, with its path. */
  public record Owner(String path, String username) {}

  private record Proof(
      CredentialPlugin<?> plugin, SettingsReader settings, EnrolledCredential form) {}

  /** Returns the valid Credentials of a Consumer in order. */
  public List<CredentialEntry> read(Owner owner, @Nullable Object value) {
    List<CredentialEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    String list = owner.path + ".credentials";
    List<Map<String, Object>> credentials = ConsumerReader.objects(list, value, mistakes);
    for (int i = 0; i < credentials.size(); i++) {
      Optional<CredentialEntry> entry = read(owner, credentials.get(i), i);
      String path = list + "[" + i + "]";
      entry
          .map(CredentialEntry::credential)
          .ifPresent(
              credential -> {
                distinct(path + ".id", ids, credential.id());
                distinct(path + ".name", names, credential.name());
              });
      entry.ifPresent(entries::add);
    }
    return entries;
  }

  /**
   * Returns the inline Credentials of a Consumer.
   *
   * @param plugins the settings of its own credential plugins by name
   */
  List<CredentialEntry> inline(Owner owner, Map<String, Object> plugins) {
    List<CredentialEntry> entries = new ArrayList<>();
    plugins.forEach(
        (name, settings) -> {
          String path = owner.path + ".plugins." + name;
          if (settings instanceof Map<?, ?> members) {
            Map<String, Object> copy = new LinkedHashMap<>();
            members.forEach((member, value) -> copy.put((String) member, value));
            usable(path, copy, (reader, found) -> inline(name, reader, found))
                .flatMap(entry -> unique(owner, path, entry))
                .ifPresent(entries::add);
          } else {
            mistakes.add(path, "must be an object with members");
          }
        });
    return entries;
  }

  private Optional<CredentialEntry> inline(
      String plugin, SettingsReader reader, ConfigProblems found) {
    Credential credential = Credential.of(Credential.inlineId(plugin), plugin).build();
    return proof(plugin, reader, found).map(proof -> stored(credential, proof));
  }

  private void distinct(String path, Set<String> seen, String text) {
    if (!seen.add(text)) {
      mistakes.add(path, "\"" + text + "\" is taken by another credential of this Consumer");
    }
  }

  private Optional<CredentialEntry> read(Owner owner, Map<String, Object> members, int index) {
    if (members.isEmpty()) {
      return Optional.empty();
    }
    String path = path(owner, members.get("name"), index);
    return usable(path, members, this::entry)
        .flatMap(entry -> unique(owner, path + ".plugins." + entry.credential().plugin(), entry));
  }

  /** Returns a Credential, or empty with a warning if a reference is unresolved. */
  private Optional<CredentialEntry> usable(
      String path,
      Map<String, Object> members,
      BiFunction<SettingsReader, ConfigProblems, Optional<CredentialEntry>> reading) {
    ConfigProblems unresolved = new ConfigProblems();
    Map<String, Object> resolved =
        this.reading
            .references()
            .resolve(path, members, new SecretReferences.Sinks(mistakes, unresolved));
    ConfigProblems found = new ConfigProblems();
    Optional<CredentialEntry> entry =
        reading.apply(PluginSettings.of(resolved).read(path, found), found);
    Set<String> absent =
        unresolved.found().stream().map(ConfigProblem::path).collect(Collectors.toSet());
    found.found().stream()
        .filter(mistake -> !absent.contains(mistake.path()))
        .forEach(mistakes::add);
    unresolved.found().forEach(mistake -> warnings.add(leftOut(mistake)));
    return absent.isEmpty() ? entry : Optional.empty();
  }

  private static ConfigProblem leftOut(ConfigProblem mistake) {
    return new ConfigProblem(
        mistake.path(), mistake.code(), mistake.message() + "; this credential is left out");
  }

  /** Returns a Credential of a plugin, without its secret. */
  public Optional<Credential> described(String plugin, Map<String, Object> members) {
    SettingsReader reader = PluginSettings.of(members).read("", mistakes);
    return described(plugin, reader);
  }

  private Optional<CredentialEntry> entry(SettingsReader reader, ConfigProblems found) {
    Optional<Proof> proof = proof(reader, found);
    Optional<Credential> credential =
        described(proof.map(p -> p.plugin.name()).orElse("none"), reader);
    return credential.flatMap(described -> proof.map(p -> stored(described, p)));
  }

  private static Optional<Credential> described(String plugin, SettingsReader reader) {
    String name = reader.requiredText("name");
    Optional<String> id = reader.nonEmpty("id");
    if (id.isEmpty() && !name.isEmpty() && !Credential.isId(name)) {
      reader.report(
          "id", "is required because the name is none: ^[a-zA-Z0-9-_.]+$, 1 to 64 characters");
    }
    Credential.Builder builder =
        Credential.of(id.orElse(Credential.isId(name) ? name : "unnamed"), plugin)
            .name(name.isEmpty() ? "unnamed" : name)
            .description(reader.text("desc").orElse(""))
            .labels(reader.textMap("labels"))
            .disabled(reader.flag("disabled", false));
    instant(reader, "not_before").ifPresent(builder::notBefore);
    instant(reader, "expires_at").ifPresent(builder::expiresAt);
    reader.finish();
    return built(builder, reader);
  }

  private CredentialEntry stored(Credential credential, Proof proof) {
    String value = proof.form.lookup().reveal();
    return new CredentialEntry(
        credential,
        reading.digest().of(value),
        proof.form.kept(),
        reading.digest().previous(value));
  }

  private static Optional<Credential> built(Credential.Builder builder, SettingsReader reader) {
    try {
      return Optional.of(builder.build());
    } catch (ConfigException e) {
      reader.addAll(e);
      return Optional.empty();
    }
  }

  private Optional<Proof> proof(SettingsReader reader, ConfigProblems found) {
    Map<String, SettingsReader> plugins = reader.members("plugins");
    String known = String.join(", ", reading.plugins().credentialPluginNames());
    if (plugins.size() != 1) {
      reader.report("plugins", "must hold exactly one credential plugin; known are " + known);
    }
    Optional<Proof> proof = Optional.empty();
    for (Map.Entry<String, SettingsReader> each : plugins.entrySet()) {
      proof = proof(each.getKey(), each.getValue(), found);
    }
    return proof;
  }

  private Optional<Proof> proof(String name, SettingsReader settings, ConfigProblems found) {
    CredentialPlugin<?> plugin = reading.plugins().credentialPlugin(name);
    if (plugin == null) {
      found.add(reading.plugins().unknownCredentialPlugin(settings.path()));
      return Optional.empty();
    }
    if (!reading.keySets().allow(name, settings)) {
      return Optional.empty();
    }
    int before = found.found().size();
    Optional<EnrolledCredential> form = reading.plugins().readCredential(plugin, settings, found);
    boolean fine = found.found().size() == before;
    return form.filter(f -> fine).map(f -> new Proof(plugin, settings, f));
  }

  private Optional<CredentialEntry> unique(Owner owner, String path, CredentialEntry entry) {
    try {
      uniqueness.addLookup(owner.username, entry);
      return Optional.of(entry);
    } catch (ConflictException taken) {
      mistakes.add(
          path + "." + attributeOf(entry.credential().plugin()),
          String.valueOf(taken.getMessage()));
      return Optional.empty();
    }
  }

  private String attributeOf(String plugin) {
    CredentialPlugin<?> known = reading.plugins().credentialPlugin(plugin);
    return known == null ? "" : known.attribute();
  }

  private static Optional<Instant> instant(SettingsReader reader, String name) {
    Optional<String> text = reader.text(name);
    Optional<Instant> instant = text.flatMap(CredentialReader::parsed);
    if (text.isPresent() && instant.isEmpty()) {
      reader.report(name, "must be a date and time of RFC 3339, as 2030-12-31T23:59:59Z");
    }
    return instant;
  }

  private static Optional<Instant> parsed(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String path(Owner owner, @Nullable Object name, int index) {
    boolean valid = name instanceof String text && Credential.isId(text);
    return owner.path + ".credentials[" + (valid ? name : String.valueOf(index)) + "]";
  }
}
