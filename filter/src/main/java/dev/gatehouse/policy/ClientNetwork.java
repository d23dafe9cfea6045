package dev.gatehouse.policy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The network that one client can be taken to own: an IPv4 address, or the first 64 bits of an IPv6
 * address, since whoever has one of those has all of them.
 */
final class ClientNetwork {
  private static final Pattern IPV6_LITERAL = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final int NETWORK_BYTES = 8;

  private ClientNetwork() {}

  /** The network of a textual address; a text that is no address is a network of its own. */
  static String of(String address) {
    int zone = address.indexOf('%');
    String literal = zone < 0 ? address : address.substring(0, zone);
    if (!IPV6_LITERAL.matcher(literal).matches()) {
      return address;
    }
    try {
      // A text of these characters with a colon is never looked up in a name service.
      InetAddress parsed = InetAddress.getByName(literal);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
