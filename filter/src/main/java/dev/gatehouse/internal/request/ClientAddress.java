package dev.gatehouse.internal.request;

import dev.gatehouse.internal.http.ForwardedHops;
import dev.gatehouse.internal.http.IpAddress;
import dev.gatehouse.internal.http.IpRange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Determines the client's address of a request.
 *
 * <p>It is the address of the peer, unless the peer is a trusted proxy. Then it is the rightmost
 * address in {@code X-Forwarded-For} or {@code Forwarded} that is not a trusted proxy: addresses to
 * the left of it are from untrusted parties. Immutable and safe for use by several threads.
 *
 * @param trusted the addresses of trusted proxies, possibly none
 * @param header the header that they set; the other one is ignored
 */
public record ClientAddress(List<IpRange> trusted, Header header) {
  /** Uses the address of the peer. */
  static final ClientAddress OF_PEER = new ClientAddress(List.of());

  /** The text for a malformed address; it matches no list. */
  static final String UNKNOWN = "unknown";

  public ClientAddress {
    trusted = List.copyOf(trusted);
  }

  /** The header with the client's address. */
  public enum Header {
    /** A list of addresses. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** RFC 7239. */
    FORWARDED("Forwarded");

    private final String text;

    Header(String text) {
      this.text = text;
    }

    /** Returns the name in the configuration, such as {@code forwarded}. */
    public String word() {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /** Creates an instance for {@code X-Forwarded-For}. */
  ClientAddress(List<IpRange> trusted) {
    this(trusted, Header.X_FORWARDED_FOR);
  }

  /** Returns the address in its textual form. */
  String of(HttpServletRequest request) {
    return of(
        request.getRemoteAddr(),
        name -> {
          Enumeration<String> lines = request.getHeaders(name);
          return lines == null ? List.of() : Collections.list(lines);
        });
  }

  /**
   * Returns the address in its textual form.
   *
   * @param peer the address of the peer
   * @param headers returns all values of a header of the request
   */
  public String of(String peer, Function<String, List<String>> headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    String lines = String.join(",", headers.apply(header.text));
    if (lines.isEmpty()) {
      return peer;
    }
    return header == Header.FORWARDED ? ofForwarded(lines, peer) : ofList(lines, peer);
  }

  private String ofForwarded(String lines, String peer) {
    List<Optional<IpAddress>> hops = ForwardedHops.of(lines);
    if (hops == null) {
      return UNKNOWN;
    }
    String nearest = peer;
    for (int i = hops.size() - 1; i >= 0; i--) {
      if (hops.get(i).isEmpty()) {
        return UNKNOWN;
      }
      nearest = hops.get(i).get().toString();
      if (!IpRange.anyContains(trusted, hops.get(i).get())) {
        return nearest;
      }
    }
    return nearest;
  }

  /** Empty elements are skipped (RFC 9110 section 5.6.1.2). */
  private String ofList(String hops, String peer) {
    String nearest = peer;
    int end = hops.length();
    while (end > 0) {
      int comma = hops.lastIndexOf(',', end - 1);
      String element = withoutBlanks(hops, comma + 1, end);
      end = comma;
      if (element.isEmpty()) {
        continue;
      }
      IpAddress hop = IpAddress.parseWithPort(element);
      if (hop == null) {
        return UNKNOWN;
      }
      nearest = hop.toString();
      if (!IpRange.anyContains(trusted, hop)) {
        return nearest;
      }
    }
    return nearest;
  }

  /** Returns a part of a text without the spaces and tabs around it. */
  private static String withoutBlanks(String text, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && isBlank(text.charAt(first))) {
      first++;
    }
    while (last > first && isBlank(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(first, last);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean isTrusted(String text) {
    IpAddress address = IpAddress.parse(withoutZone(text));
    return address != null && IpRange.anyContains(trusted, address);
  }

  /** Removes the zone of a link-local address. */
  private static String withoutZone(String text) {
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
