package dev.gatehouse.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * An address of the Internet, read from its text alone: no name is ever looked up.
 *
 * <p>An IPv4 address that is mapped into IPv6 ({@code ::ffff:192.0.2.1}) is that IPv4 address, so
 * that another spelling cannot evade a rule. Immutable and safe for use by several threads.
 *
 * @param v4 whether it is an IPv4 address
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(boolean v4, long high, long low) {
  private static final int GROUPS = 8;
  private static final long MAPPED = 0xffffL;
  private static final int MAX_TEXT = 45;
  private static final int MAX_PREFIX = 128;
  private static final int MAX_PORT = 65_535;

  /** Refuses bits that the kind does not have. */
  public IpAddress {
    if (v4 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /** The text as the JDK writes it: four decimal numbers, or eight groups without leading zeros. */
  @Override
  public String toString() {
    if (v4) {
      return (low >>> 24)
          + "."
          + (low >>> 16 & 0xff)
          + "."
          + (low >>> 8 & 0xff)
          + "."
          + (low & 0xff);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      long half = i < GROUPS / 2 ? high : low;
      text.append(i == 0 ? "" : ":")
          .append(Long.toHexString(half >>> (48 - 16 * (i % 4)) & 0xffff));
    }
    return text.toString();
  }

  /** How many bits it has: 32 or 128. */
  public int bits() {
    return v4 ? 32 : 128;
  }

  /**
   * Returns the block that one client can be taken to own, in its textual form.
   *
   * <p>A client with an IPv6 connection has a whole block of addresses, as a rule the first 64
   * bits, and may use another one for each request. An IPv4 address is a block of its own, and so
   * is a text that is not an address. A zone as in {@code fe80::1%eth0} is ignored.
   *
   * @param address the textual form of an address
   * @param ipv6Prefix the bits of an IPv6 address that identify the client, 1 to 128
   */
  public static String network(String address, int ipv6Prefix) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    IpAddress read = parse(zone < 0 ? address : address.substring(0, zone));
    if (read == null) {
      return address;
    }
    return read.v4() || ipv6Prefix == MAX_PREFIX
        ? read.toString()
        : IpRange.around(read, ipv6Prefix).toString();
  }

  /**
   * Reads a text as RFC 4291 section 2.2 has it, or four decimal numbers; null when it is anything
   * else, as with a port, brackets, a zone or zeros at the beginning of a decimal number.
   */
  public static @Nullable IpAddress parse(String text) {
    if (text.indexOf(':') < 0) {
      long bits = dotted(text);
      return bits < 0 ? null : new IpAddress(true, 0, bits);
    }
    return groups(text);
  }

  /**
   * Reads an address as proxies write it: alone, in brackets, or followed by a port, as in {@code
   * 203.0.113.7:49152} and {@code [2001:db8::1]:443}. An IPv6 address needs brackets before a port.
   *
   * @return the address without its port, or null if the text is anything else
   */
  public static @Nullable IpAddress parseWithPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      String inside = end < 0 ? "" : text.substring(1, end);
      return inside.indexOf(':') >= 0 && isPort(text.substring(end + 1)) ? groups(inside) : null;
    }
    int colon = text.indexOf(':');
    if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
      return parse(text);
    }
    return isPort(text.substring(colon)) ? parse(text.substring(0, colon)) : null;
  }

  /** Returns whether the text is empty, or a colon and a port of at most five digits. */
  private static boolean isPort(String text) {
    return text.isEmpty()
        || (text.matches(":[0-9]{1,5}") && Integer.parseInt(text.substring(1)) <= MAX_PORT);
  }

  private static @Nullable IpAddress groups(String text) {
    if (text.length() > MAX_TEXT) {
      return null;
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    int[] head = read(gap < 0 ? text : text.substring(0, gap), gap < 0);
    int[] tail = gap < 0 ? new int[0] : read(text.substring(gap + 2), true);
    if (head == null || tail == null) {
      return null;
    }
    int given = head.length + tail.length;
    if (gap < 0 ? given != GROUPS : given >= GROUPS) {
      return null;
    }
    int[] all = new int[GROUPS];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
    return of(all);
  }

  private static IpAddress of(int[] groups) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS / 2; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + GROUPS / 2];
    }
    boolean mapped = high == 0 && low >>> 32 == MAPPED;
    return mapped ? new IpAddress(true, 0, low & 0xffffffffL) : new IpAddress(false, high, low);
  }

  /** Groups of hexadecimal digits between colons; the last may be an IPv4 address. */
  private static int @Nullable [] read(String text, boolean last) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split(":", -1);
    boolean dotted = last && parts[parts.length - 1].indexOf('.') >= 0;
    int[] groups = new int[parts.length + (dotted ? 1 : 0)];
    int plain = dotted ? parts.length - 1 : parts.length;
    for (int i = 0; i < plain; i++) {
      groups[i] = hex(parts[i]);
      if (groups[i] < 0) {
        return null;
      }
    }
    if (dotted) {
      long bits = dotted(parts[plain]);
      if (bits < 0) {
        return null;
      }
      groups[plain] = (int) (bits >>> 16);
      groups[plain + 1] = (int) (bits & 0xffff);
    }
    return groups;
  }

  private static int hex(String group) {
    if (group.isEmpty() || group.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Four decimal numbers, or -1. */
  private static long dotted(String text) {
    long bits = 0;
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int end = at;
      int value = 0;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        value = value * 10 + (text.charAt(end) - '0');
        end++;
        if (end - at > 3) {
          return -1;
        }
      }
      boolean zeros = end - at > 1 && text.charAt(at) == '0';
      boolean separated =
          part == 3 ? end == text.length() : end < text.length() && text.charAt(end) == '.';
      if (end == at || zeros || value > 255 || !separated) {
        return -1;
      }
      bits = bits << 8 | value;
      at = end + 1;
    }
    return bits;
  }
}
