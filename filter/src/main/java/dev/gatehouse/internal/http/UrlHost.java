package dev.gatehouse.internal.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host of a URL of the web as browsers read it (WHATWG URL, host parsing), and nothing
 * else of it: a path or query that RFC 3986 does not allow is no reason to lose the host.
 *
 * <p>A host outside ASCII is not read; browsers send its ASCII form.
 */
public final class UrlHost {
  private static final Pattern SCHEME = Pattern.compile("(?i)https?:[/\\\\]*");
  private static final Pattern AUTHORITY = Pattern.compile("(?:([^/\\\\?#]*)@)?([^/\\\\?#@]*)");
  private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\]]*]|[^:\\[]+)(?::([0-9]*))?");
  private static final String FORBIDDEN = "#/:<>?@[\\]^|% ";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PARTS = 4;

  private UrlHost() {}

  /**
   * Returns the host of a URL with the scheme http or https.
   *
   * @return a name in lower case, an IPv4 address, or an IPv6 address in brackets; null if browsers
   *     would refuse the URL, or if it has another scheme
   */
  public static @Nullable String of(String url) {
    Matcher scheme = SCHEME.matcher(url.strip().replaceAll("[\\t\\r\\n]", ""));
    if (!scheme.lookingAt()) {
      return null;
    }
    String rest = scheme.replaceFirst("");
    Matcher authority = AUTHORITY.matcher(rest);
    if (!authority.lookingAt()) {
      return null;
    }
    Matcher host = HOST_PORT.matcher(authority.group(2));
    return host.matches() && isPort(host.group(2)) ? canonical(host.group(1)) : null;
  }

  private static boolean isPort(@Nullable String digits) {
    String number = digits == null ? "" : digits.replaceFirst("^0+", "");
    return number.isEmpty() || (number.length() <= 5 && Integer.parseInt(number) <= MAX_PORT);
  }

  /** Returns the host in the one form in which hosts are compared, or null if it is none. */
  public static @Nullable String canonical(String host) {
    if (host.startsWith("[")) {
      IpAddress address =
          host.endsWith("]") && host.indexOf(':') >= 0
              ? IpAddress.parse(host.substring(1, host.length() - 1))
              : null;
      return address == null ? null : "[" + address + "]";
    }
    // A malformed escape leaves a percent sign and a byte that is not UTF-8 a replacement
    // character.
    String decoded = PercentDecoder.lenient(host, PercentDecoder.Plus.ITSELF);
    if (decoded.isEmpty() || !decoded.chars().allMatch(UrlHost::isDomain)) {
      return null;
    }
    String name = decoded.toLowerCase(Locale.ROOT);
    return endsInNumber(name) ? ipv4(name) : name;
  }

  private static boolean isDomain(int c) {
    return c > ' ' && c < 127 && FORBIDDEN.indexOf(c) < 0;
  }

  private static boolean endsInNumber(String name) {
    String whole = withoutLastDot(name);
    String last = whole.substring(whole.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0x[0-9a-f]*");
  }

  private static String withoutLastDot(String name) {
    return name.endsWith(".") && name.length() > 1 ? name.substring(0, name.length() - 1) : name;
  }

  /** One to four numbers, decimal, octal or hexadecimal; the last one fills the rest. */
  private static @Nullable String ipv4(String name) {
    String[] parts = withoutLastDot(name).split("\\.", -1);
    if (parts.length > MAX_PARTS) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      long number = number(parts[i]);
      long limit = last ? 1L << (8 * (MAX_PARTS - i)) : 256;
      if (number < 0 || number >= limit) {
        return null;
      }
      address |= last ? number : number << (8 * (MAX_PARTS - 1 - i));
    }
    return new IpAddress(true, 0, address).toString();
  }

  /** Returns the number, or -1 if the text is none or is larger than any part of an address. */
  private static long number(String part) {
    boolean hex = part.startsWith("0x");
    boolean octal = !hex && part.length() > 1 && part.startsWith("0");
    String digits = (hex ? part.substring(2) : part).replaceFirst("^0+(?=.)", "");
    if (hex && digits.isEmpty()) {
      return 0;
    }
    String pattern = hex ? "[0-9a-f]{1,8}" : octal ? "[0-7]{1,11}" : "[0-9]{1,10}";
    return digits.matches(pattern) ? Long.parseLong(digits, hex ? 16 : octal ? 8 : 10) : -1;
  }
}
