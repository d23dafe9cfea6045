package dev.gatehouse.internal.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strict parser of the header {@code Forwarded} (RFC 7239 section 4). A malformed header is
 * ignored completely, because an attacker may write its beginning.
 */
public final class ForwardedHops {
  private static final int MAX_LENGTH = 8_192;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern PAIR =
      Pattern.compile("(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*+)\")");
  private static final Pattern HIDDEN_PORT = Pattern.compile("(?<=[0-9\\]]):_[A-Za-z0-9._-]+$");

  private final String text;
  private int at;

  private ForwardedHops(String text) {
    this.text = text;
  }

  /**
   * Returns the client of each proxy in order; empty if a proxy does not report an address. Returns
   * null if the header is malformed.
   */
  public static @Nullable List<Optional<IpAddress>> of(String text) {
    return text.length() > MAX_LENGTH ? null : new ForwardedHops(text).elements();
  }

  private @Nullable List<Optional<IpAddress>> elements() {
    List<Optional<IpAddress>> hops = new ArrayList<>();
    do {
      skipBlanks();
      if (!isEmptyElement() && !element(hops)) {
        return null;
      }
      skipBlanks();
    } while (skip(','));
    return at == text.length() ? hops : null;
  }

  /** A list may have empty elements, which say nothing (RFC 9110 section 5.6.1.2). */
  private boolean isEmptyElement() {
    return at == text.length() || text.charAt(at) == ',';
  }

  /** Whether it is one; then its hop is added. */
  private boolean element(List<Optional<IpAddress>> hops) {
    Set<String> names = new HashSet<>();
    Optional<IpAddress> hop = Optional.empty();
    Matcher pair = PAIR.matcher(text);
    do {
      pair.region(at, text.length());
      if (!pair.lookingAt() || !names.add(pair.group(1).toLowerCase(Locale.ROOT))) {
        return false;
      }
      at = pair.end();
      if (pair.group(1).equalsIgnoreCase("for")) {
        String quoted = pair.group(3);
        hop = node(quoted == null ? pair.group(2) : quoted);
      }
    } while (skip(';'));
    return hops.add(hop);
  }

  /** Returns the address, or empty for a name, {@code unknown} and a text that is no node. */
  private static Optional<IpAddress> node(String value) {
    Matcher hidden = HIDDEN_PORT.matcher(value);
    String plain = hidden.find() ? value.substring(0, hidden.start()) : value;
    boolean bare = !plain.startsWith("[") && plain.indexOf(':') != plain.lastIndexOf(':');
    return bare ? Optional.empty() : Optional.ofNullable(IpAddress.parseWithPort(plain));
  }

  private boolean skip(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }
}
