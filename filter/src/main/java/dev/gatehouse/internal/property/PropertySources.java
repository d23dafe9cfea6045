package dev.gatehouse.internal.property;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All sources of properties in order of precedence.
 *
 * <p>An unresolved reference counts as not set and is a problem, which must be thrown before the
 * properties are used. Not safe for use by several threads.
 */
public final class PropertySources implements PropertyLookup {
  /** Variables that Kubernetes sets for a Service whose name begins with gatehouse. */
  private static final Pattern KUBERNETES =
      Pattern.compile(
          "GATEHOUSE_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private final List<PropertySource> sources;
  private final SecretReferences references;
  private final ConfigProblems mistakes;
  private final Set<String> reported = new HashSet<>();
  private final Set<String> referred = new HashSet<>();

  /**
   * Creates the lookup.
   *
   * @param sources the sources; the first one with a name takes precedence
   * @param mistakes receives unresolved references
   */
  public PropertySources(
      List<PropertySource> sources, SecretReferences references, ConfigProblems mistakes) {
    this.sources = List.copyOf(sources);
    this.references = references;
    this.mistakes = mistakes;
  }

  /**
   * Returns the sources of an application: MicroProfile Config, context parameters, system
   * properties and environment.
   */
  public static List<PropertySource> ofServer(ServletContext context) {
    List<PropertySource> sources = ofProcess();
    int afterMicroProfile = sources.size() - 2;
    sources.add(afterMicroProfile, PropertySource.contextParameters(context));
    return sources;
  }

  /** Returns the sources without an application, before its context parameters are available. */
  public static List<PropertySource> ofProcess() {
    List<PropertySource> sources = new ArrayList<>();
    microProfile().ifPresent(sources::add);
    sources.add(PropertySource.systemProperties(System.getProperties()));
    sources.add(PropertySource.environment(System.getenv()));
    return sources;
  }

  @Override
  public Optional<String> get(String name) {
    for (PropertySource source : sources) {
      @Nullable String text = source.texts().get(name);
      if (text != null) {
        Optional<String> resolved = resolved(path(source, name), text);
        if (resolved.isPresent() && !resolved.get().equals(text)) {
          referred.add(name);
        }
        return resolved;
      }
    }
    return Optional.empty();
  }

  /** Returns the source and the name of a property for messages, or the name if it is not set. */
  String path(String name) {
    for (PropertySource source : sources) {
      if (source.texts().get(name) != null) {
        return path(source, name);
      }
    }
    return name;
  }

  /**
   * Returns whether a property that was read came from a reference, so that it must not be shown.
   */
  boolean isReferred(String name) {
    return referred.contains(name);
  }

  /**
   * Reports unknown names with the prefix of the product.
   *
   * @param known the known full names
   */
  void reportUnknown(Set<String> known) {
    Set<String> seen = new HashSet<>();
    Set<String> forms = new HashSet<>();
    known.forEach(name -> forms.addAll(PropertySource.variableForms(name)));
    // MicroProfile Config repeats properties and variables, whose own source is more precise.
    List<PropertySource> ownPlacesFirst = new ArrayList<>(sources);
    ownPlacesFirst.sort((a, b) -> Boolean.compare(repeats(a), repeats(b)));
    for (PropertySource source : ownPlacesFirst) {
      for (String name : new TreeSet<>(source.names().get())) {
        boolean fine = source.hasVariables() ? forms.contains(name) : known.contains(name);
        if (isOurs(name) && !fine && !KUBERNETES.matcher(name).matches() && seen.add(name)) {
          mistakes.add(path(source, name), "is not known; known are " + String.join(", ", known));
        }
      }
    }
  }

  /** Returns whether a name has the prefix of the product. */
  public static boolean isOurs(String name) {
    return name.regionMatches(true, 0, "gatehouse.", 0, 10)
        || name.regionMatches(true, 0, "gatehouse_", 0, 10);
  }

  private Optional<String> resolved(String path, String text) {
    ConfigProblems found = new ConfigProblems();
    Object value = references.text(path, text, SecretReferences.Sinks.both(found));
    if (found.found().isEmpty()) {
      return Optional.of(value instanceof Secret secret ? secret.reveal() : text);
    }
    if (reported.add(path)) {
      found.found().forEach(mistakes::add);
    }
    return Optional.empty();
  }

  private static boolean repeats(PropertySource source) {
    return source.kind() == PropertySource.Kind.COMBINED;
  }

  private static String path(PropertySource source, String name) {
    return source.label() + ": " + name;
  }

  private static Optional<PropertySource> microProfile() {
    try {
      return MicroProfileProperties.find();
    } catch (NoClassDefFoundError absent) {
      return Optional.empty();
    }
  }
}
