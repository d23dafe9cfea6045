package dev.gatehouse.internal.http;

import java.util.List;

/**
 * A block of addresses (RFC 4632, RFC 4291 section 2.3), or a single one.
 *
 * <p>A block of one kind holds no address of the other: {@code ::/0} holds no IPv4 address.
 * Immutable and safe for use by several threads.
 *
 * @param first the first address; the bits behind the prefix are zero
 * @param prefix how many bits are the same: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpRange(IpAddress first, int prefix) {
  private static final int MAPPED_PREFIX = 96;

  /** Checks the prefix and the bits behind it. */
  public IpRange {
    if (prefix < 0 || prefix > first.bits()) {
      throw new IllegalArgumentException(
          "must have a prefix of 0 to " + first.bits() + ", had " + prefix);
    }
    if (!masked(first, prefix).equals(first)) {
      throw new IllegalArgumentException("has bits behind its prefix of " + prefix);
    }
  }

  /**
   * Reads an address, or an address, a slash and a prefix without zeros at its beginning.
   *
   * @throws IllegalArgumentException if the text is none; the message begins with a verb
   */
  public static IpRange parse(String text) {
    int slash = text.indexOf('/');
    String head = slash < 0 ? text : text.substring(0, slash);
    IpAddress address = IpAddress.parse(head);
    if (address == null) {
      throw new IllegalArgumentException(
          "must be an IPv4 or IPv6 address, or one with a prefix as in 10.0.0.0/8");
    }
    if (slash < 0) {
      return new IpRange(address, address.bits());
    }
    String digits = text.substring(slash + 1);
    if (!digits.matches("0|[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("must have a whole number behind the slash");
    }
    int prefix = Integer.parseInt(digits);
    boolean mapped = address.v4() && head.indexOf(':') >= 0;
    if (mapped && prefix < MAPPED_PREFIX) {
      throw new IllegalArgumentException("must have a prefix of 96 or more where IPv4 is mapped");
    }
    return new IpRange(address, mapped ? prefix - MAPPED_PREFIX : prefix);
  }

  /**
   * Returns the block of a length that holds an address.
   *
   * @param prefix how many bits are the same: 0 to 32 for IPv4, 0 to 128 for IPv6
   */
  static IpRange around(IpAddress address, int prefix) {
    return new IpRange(masked(address, prefix), prefix);
  }

  /** Returns the first address, a slash and the prefix. */
  @Override
  public String toString() {
    return first + "/" + prefix;
  }

  /** Whether an address lies in it. */
  public boolean contains(IpAddress address) {
    return address.v4() == first.v4() && masked(address, prefix).equals(first);
  }

  /** Whether an address lies in one of several. */
  public static boolean anyContains(List<IpRange> ranges, IpAddress address) {
    for (IpRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static IpAddress masked(IpAddress address, int prefix) {
    if (address.v4()) {
      return new IpAddress(true, 0, address.low() & ones(prefix + 32) & 0xffffffffL);
    }
    return new IpAddress(false, address.high() & ones(prefix), address.low() & ones(prefix - 64));
  }

  /** So many ones from the left, of 64. */
  private static long ones(int count) {
    return count <= 0 ? 0 : count >= 64 ? -1L : -1L << (64 - count);
  }
}
