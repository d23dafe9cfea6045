package dev.gatehouse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises placeholders that other systems substitute: shells, Compose, Kubernetes, Kong, decK,
 * ADC, Helm, Ansible and others.
 *
 * <p>Gatehouse substitutes none of them. Without this check such a text would become a secret that
 * every reader of the file knows.
 */
final class Placeholder {
  /** A form of placeholders and its pattern. */
  private record Form(String name, Pattern pattern) {}

  /** The prefixes and suffixes of placeholders that may occur anywhere in a text. */
  private static final Map<String, String> ENCLOSED =
      Map.of("${", "}", "{{", "}}", "$(", ")", "#{", "}", "{%", "%}", "<%", "%>", "((", "))");

  private static final List<Form> WHOLE =
      List.of(
          whole("$NAME", "\\${1,2}[a-z_][a-z0-9_.:-]*"),
          whole("%NAME%", "%[a-z_][a-z0-9_.-]*%"),
          whole("@NAME@", "@{1,2}[a-z_][a-z0-9_.-]*@{1,2}"),
          whole("__NAME__", "__[a-z][a-z0-9_.-]*__"),
          whole("<NAME>", "<[a-z][^<>]*>"),
          whole("[NAME]", "\\[[a-z][a-z0-9_. -]*]"),
          whole("{NAME}", "\\{[a-z_][^{}\"]*}"),
          whole("***, a hidden secret", "\\*{3,}"),
          whole("{cipher}", "\\{cipher}.*"),
          whole("ENC(...)", "ENC(\\(.*\\)|\\[.*])"),
          whole(
              "a vault's text",
              "(!vault.*|\\$ANSIBLE_VAULT;.*|vault:[^\\s]+|@Microsoft\\.KeyVault\\(.*)"),
          whole("arn:aws:...", "arn:aws[a-z-]*:(secretsmanager|ssm):.*"),
          whole(
              "scheme://",
              "((hashicorp-?)?vault|op|sm|ssm|secrets?|secretsmanager|[a-z]*keyvault|aws[a-z-]*|gcp[a-z-]*"
                  + "|azure[a-z-]*|conjur|doppler|infisical|akeyless|bws?|env|file|k8s|kubernetes|text"
                  + "|ref\\+[a-z0-9]+)://.*"),
          whole("env(NAME)", "(process\\.|os\\.)?(env|environ|getenv)[.:(\\[].+"));

  private static final Pattern EMBEDDED =
      Pattern.compile("(?<![A-Za-z0-9$])\\$[A-Z_][A-Z0-9_]{2,}(?![A-Za-z0-9$])");

  private static final Pattern REFERENCE =
      Pattern.compile("\\$[a-z][a-z0-9+.-]{0,20}://", Pattern.CASE_INSENSITIVE);

  private Placeholder() {}

  private static Form whole(String name, String pattern) {
    return new Form(name, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  /** Returns the form of a text, or empty if it is not a placeholder. */
  static Optional<String> form(String text) {
    for (Map.Entry<String, String> pair : ENCLOSED.entrySet()) {
      int begin = text.indexOf(pair.getKey());
      if (begin >= 0 && text.indexOf(pair.getValue(), begin + pair.getKey().length()) >= 0) {
        return Optional.of(pair.getKey() + "NAME" + pair.getValue());
      }
    }
    String stripped = text.strip();
    for (Form one : WHOLE) {
      if (one.pattern.matcher(stripped).matches()) {
        return Optional.of(one.name);
      }
    }
    boolean within = EMBEDDED.matcher(text).find() || REFERENCE.matcher(text).find();
    return within ? Optional.of("$NAME") : Optional.empty();
  }
}
