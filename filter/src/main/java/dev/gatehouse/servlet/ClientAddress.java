package dev.gatehouse.servlet;

import dev.gatehouse.spi.IpAddress;
import dev.gatehouse.spi.IpRange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Finds out from which address a request comes.
 *
 * <p>It is that of the peer, unless the peer is a proxy that is trusted to say in {@code
 * X-Forwarded-For} whom it serves. Then it is the rightmost address there that is no trusted proxy,
 * since whatever stands to the left of that was written by somebody who is not trusted (security
 * L1). Immutable and safe for use by several threads.
 *
 * @param trusted the addresses of proxies; none means that nobody is believed
 */
record ClientAddress(List<IpRange> trusted) {
  /** Nobody is believed. */
  static final ClientAddress OF_PEER = new ClientAddress(List.of());

  /** What stands for an address that cannot be read; it is no address and on no list. */
  static final String UNKNOWN = "unknown";

  ClientAddress {
    trusted = List.copyOf(trusted);
  }

  /** The address in its textual form. */
  String of(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    String hops = String.join(",", Collections.list(request.getHeaders("X-Forwarded-For")));
    String nearest = peer;
    int end = hops.length();
    while (end > 0) {
      int comma = hops.lastIndexOf(',', end - 1);
      IpAddress hop = IpAddress.parse(hops.substring(comma + 1, end).strip());
      if (hop == null) {
        return UNKNOWN;
      }
      nearest = hop.toString();
      if (!IpRange.anyContains(trusted, hop)) {
        return nearest;
      }
      end = comma;
    }
    return nearest;
  }

  private boolean isTrusted(String text) {
    IpAddress address = IpAddress.parse(withoutZone(text));
    return address != null && IpRange.anyContains(trusted, address);
  }

  /** A peer on a link-local address is told with the zone in which it was seen. */
  private static String withoutZone(String text) {
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
