package dev.gatehouse.internal.config;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.property.TextByName;
import dev.gatehouse.settings.ConfigProblems;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves references: {@code $env://NAME}, {@code $env://NAME/member} of a JSON object in a
 * variable, and {@code $file:///absolute/path}, without one trailing newline. {@code $text://text}
 * is the text itself.
 *
 * <p>The result is a {@link Secret}. A reference that cannot be resolved is reported and never used
 * as a text. Safe for use by several threads.
 */
public final class SecretReferences {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$([a-z][a-z0-9+.-]*)://(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("[^/=\\p{Cntrl}]+");
  private static final String FORMS =
      "$env://NAME, $env://NAME/member, $file:///absolute/path and $text://text";

  /** A prefix of a scheme: the value is not checked for placeholders. */
  private static final String VERBATIM = "text+";

  /** A substitute for a missing value; it is not used, because the problem is reported. */
  private static final Secret UNRESOLVED = Secret.of("unresolved");

  private final TextByName environment;
  private final FileText files;

  SecretReferences(TextByName environment, FileText files) {
    this.environment = environment;
    this.files = files;
  }

  /** A reader of files with secrets. */
  @FunctionalInterface
  interface FileText {
    /** Returns the file's text. */
    String read(Path file) throws IOException;
  }

  /** Returns a resolver for the environment and the files of this process. */
  public static SecretReferences ofProcess() {
    return new SecretReferences(
        System::getenv, file -> Utf8Files.read(file, Utf8Files.SECRET_BYTES));
  }

  /** Returns a resolver that records the files that it reads. */
  SecretReferences remembering(ReferencedFiles referenced) {
    return new SecretReferences(environment, file -> referenced.read(file, files));
  }

  /** Returns a resolver without variables and files. */
  public static SecretReferences none() {
    return new SecretReferences(
        name -> null,
        file -> {
          throw new NoSuchFileException(file.toString());
        });
  }

  /** The receivers of problems. */
  public record Sinks(ConfigProblems malformed, ConfigProblems unresolved) {
    /** Returns one receiver for both kinds. */
    public static Sinks both(ConfigProblems mistakes) {
      return new Sinks(mistakes, mistakes);
    }
  }

  /**
   * Returns a copy of a tree with all references resolved.
   *
   * @param path the path of the tree
   */
  public Map<String, Object> resolve(String path, Map<String, Object> tree, Sinks sinks) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    tree.forEach(
        (name, value) ->
            resolved.put(name, value(path.isEmpty() ? name : path + "." + name, value, sinks)));
    return resolved;
  }

  /** Returns a text, or its value if it is a reference. */
  public Object text(String path, String text, Sinks sinks) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String rest = matcher.group(2);
    return switch (scheme) {
      case "env" -> checked(path, variable(path, rest, sinks), sinks);
      case "file" -> checked(path, file(path, rest, sinks), sinks);
      case "text" -> verbatim(path, rest, sinks);
      case VERBATIM + "env" -> Secret.verbatim(variable(path, rest, sinks).reveal());
      case VERBATIM + "file" -> Secret.verbatim(file(path, rest, sinks).reveal());
      default -> {
        sinks.malformed.add(path, "$" + scheme + ":// is not known; known are " + FORMS);
        yield UNRESOLVED;
      }
    };
  }

  private static Secret verbatim(String path, String text, Sinks sinks) {
    if (text.isEmpty()) {
      sinks.malformed.add(path, "must have a text after $text://");
    }
    return text.isEmpty() ? UNRESOLVED : Secret.verbatim(text);
  }

  /** A variable or file that contains an unresolved placeholder is a problem. */
  private static Secret checked(String path, Secret secret, Sinks sinks) {
    boolean placeholder = secret.placeholder().isPresent();
    if (placeholder) {
      sinks.malformed.add(
          path,
          "refers to a text in the form of a placeholder of another system; put text+ before the"
              + " scheme, as in $text+env://NAME, if the secret really is that text");
    }
    return placeholder ? UNRESOLVED : secret;
  }

  private Object value(String path, Object value, Sinks sinks) {
    if (value instanceof String text) {
      return text(path, text, sinks);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put((String) name, member));
      return resolve(path, members, sinks);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        items.add(value(path + "[" + i + "]", list.get(i), sinks));
      }
      return items;
    }
    return value;
  }

  private Secret variable(String path, String rest, Sinks sinks) {
    int slash = rest.indexOf('/');
    String name = slash < 0 ? rest : rest.substring(0, slash);
    if (!VARIABLE.matcher(name).matches() || slash == rest.length() - 1) {
      sinks.malformed.add(path, "must be $env://NAME or $env://NAME/member");
      return UNRESOLVED;
    }
    @Nullable String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      sinks.unresolved.add(path, "environment variable " + name + " is not set");
      return UNRESOLVED;
    }
    if (slash < 0) {
      return Secret.of(value);
    }
    Optional<Secret> member = member(value, rest.substring(slash + 1));
    if (member.isEmpty()) {
      sinks.unresolved.add(
          path, "environment variable " + name + " is not a JSON object with such a text member");
    }
    return member.orElse(UNRESOLVED);
  }

  private static Optional<Secret> member(String json, String member) {
    return ConfigText.json("", json, new ConfigProblems())
        .map(object -> object.get(member))
        .filter(value -> value instanceof String text && !text.isEmpty())
        .map(value -> Secret.of((String) value));
  }

  private Secret file(String path, String rest, Sinks sinks) {
    Optional<Path> file = absolute(rest);
    if (file.isEmpty()) {
      sinks.malformed.add(path, "must be $file:///absolute/path");
      return UNRESOLVED;
    }
    try {
      String text = withoutNewline(files.read(file.get()));
      if (!text.isEmpty()) {
        return Secret.of(text);
      }
      sinks.unresolved.add(path, "file " + file.get() + " is empty");
    } catch (IOException e) {
      sinks.unresolved.add(path, "file " + file.get() + " " + Utf8Files.reason(e));
    }
    return UNRESOLVED;
  }

  private static Optional<Path> absolute(String text) {
    try {
      Path path = Path.of(text);
      boolean printable = text.chars().noneMatch(Character::isISOControl);
      return path.isAbsolute() && printable ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String withoutNewline(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
