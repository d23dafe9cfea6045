package dev.gatehouse.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;

/**
 * The host for which a request is, as the container reports it.
 *
 * <p>HTTP/2 has an authority and usually no {@code Host} header. A container may also take the host
 * from the request target or from a proxy. So the header counts only if it says the same.
 */
public final class HostName {
  public static final String HEADER = "host";

  private HostName() {}

  public static boolean isHeader(String name) {
    return name.length() == HEADER.length() && name.equalsIgnoreCase(HEADER);
  }

  public static boolean isAmong(List<String> names) {
    for (String name : names) {
      if (isHeader(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the host in lower case, and the port unless it is the usual one of the scheme. */
  public static String authority(HttpServletRequest request) {
    String host = host(request);
    int port = request.getServerPort();
    boolean usual = port <= 0 || port == ("https".equalsIgnoreCase(request.getScheme()) ? 443 : 80);
    return usual ? host : host + ':' + port;
  }

  /**
   * Returns the values of the {@code Host} header.
   *
   * @param sent those that the client has sent; more than one are returned as they are
   */
  public static List<String> values(HttpServletRequest request, List<String> sent) {
    boolean same = sent.size() == 1 && withoutPort(sent.get(0)).equals(host(request));
    return sent.size() > 1 || same ? sent : List.of(authority(request));
  }

  private static String host(HttpServletRequest request) {
    String name = request.getServerName().toLowerCase(Locale.ROOT);
    return name.indexOf(':') >= 0 && !name.startsWith("[") ? '[' + name + ']' : name;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
