package dev.gatehouse.internal.auth.password;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises password hashes of other systems that {@link PasswordHash} cannot check. If such a
 * text were used as a password, everyone with access to the hash could log in.
 */
public final class ForeignHash {
  /** A form of hashes and its pattern. */
  private record Form(String name, Pattern pattern) {}

  private static final List<Form> FORMS =
      List.of(
          form("a line of htpasswd", "[^:\\s]{1,255}:(\\$[A-Za-z0-9]+\\$|\\{[A-Za-z0-9-]+}).+"),
          form("a line of htdigest", "[^:]{1,255}:[^:]{1,255}:[0-9a-f]{32}"),
          form("{id}hash", "\\{[^{}\\s]{1,64}}.+"),
          form("$id$hash", "\\$[A-Za-z0-9][A-Za-z0-9_,=-]{0,63}\\$.{12,}"),
          form("md5 of PostgreSQL", "md5[0-9a-f]{32}"),
          form("SCRAM of PostgreSQL", "SCRAM-SHA-\\d{1,3}\\$.+"),
          form("SHA-1 of MySQL", "\\*[0-9A-F]{40}"),
          form("a hash of SQL Server", "0x0[12]00[0-9A-F]{40,}"),
          form("a hash of ASP.NET Identity", "AQAAAA[A-Za-z0-9+/]{50,}={0,2}"),
          form("name$hash", "(?i)(pbkdf2|scrypt|argon2|bcrypt|sha|md5|crypt)[a-z0-9_:-]*\\$.+"),
          form("a salted digest", "[0-9A-Fa-f]{32,128}[:$].+"));

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");

  /** Lengths in hexadecimal digits of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512. */
  private static final Set<Integer> DIGITS = Set.of(32, 40, 56, 64, 96, 128);

  private ForeignHash() {}

  private static Form form(String name, String pattern) {
    return new Form(name, Pattern.compile(pattern, Pattern.DOTALL));
  }

  /** Returns the name of the text's form, or empty if the text does not look like a hash. */
  public static Optional<String> form(String text) {
    if (DIGITS.contains(text.length()) && HEX.matcher(text).matches()) {
      return Optional.of("a digest of " + text.length() + " hexadecimal digits");
    }
    return FORMS.stream()
        .filter(one -> one.pattern.matcher(text).matches())
        .map(Form::name)
        .findFirst();
  }
}
