package dev.gatehouse.spi.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, as the gate and its plugins see it.
 *
 * <p>All plugins have the same view of the headers. {@code X-Consumer-Username}, {@code
 * X-Credential-Identifier} and {@code X-Consumer-Custom-ID} are absent before the authentication
 * and describe the caller after it. Attached headers have the values that a plugin attaches.
 * Headers of these names from the client are hidden. {@code Host} is present in every version of
 * HTTP. An underscore of a name also matches a hyphen.
 *
 * <p>No method except {@link #body} reads the body, and no method changes what the application
 * reads later. Not safe for use by several threads.
 */
public interface GateRequest {
  /**
   * The request attribute for a user that the application has authenticated itself: a {@code Map}
   * with the user's claims or groups, of JSON types.
   */
  String EXTERNAL_USER = "dev.gatehouse.external_user";

  /**
   * Returns the scheme that the container reports: {@code http} or {@code https}.
   *
   * <p>Behind a proxy that terminates TLS it describes the connection to the proxy, unless the
   * container is configured to trust the proxy.
   */
  String scheme();

  /**
   * Returns the authority that the container reports: the host in lower case, and the port unless
   * it is the scheme's default. It is the same in every version of HTTP.
   */
  String authority();

  /** Returns the two ends of the connection, as the container reports them. */
  Connection connection();

  /** Returns an attribute that the container or the application has set, or null. */
  @Nullable Object attribute(String name);

  /** Returns the method as sent; case-sensitive. */
  String method();

  /** Returns the path of the request target as sent, with percent escapes and context path. */
  String rawPath();

  /** Returns the query as sent, without the question mark, or null. */
  @Nullable String rawQuery();

  /** Returns the decoded context path; empty for the root application. */
  String contextPath();

  /** Returns the decoded path below the context path that the container will serve. */
  String servedPath();

  /** Returns the first value of a header, or null. Names are case-insensitive. */
  @Nullable String header(String name);

  /** Returns all values of a header in order; empty if it is absent. */
  List<String> headers(String name);

  /** Returns the names of all headers. */
  List<String> headerNames();

  /**
   * Returns the decoded values of a query parameter, from the raw query only; empty if it is
   * absent. A parameter without {@code =} has the value "".
   */
  List<String> queryValues(String name);

  /** Returns the values of a cookie as sent; empty if it is absent. */
  List<String> cookies(String name);

  /** Returns the client's address in its textual form. */
  String remoteAddress();

  /**
   * Reads the whole body and waits for it. The application reads the same bytes again later.
   *
   * <p>It occupies a thread and memory, so call it only after the caller is authenticated. A body
   * whose declared length exceeds the maximum is not read. Later calls return the same bytes.
   *
   * @param most the maximum in bytes, 1 to {@link RequestBody#MAX}
   */
  RequestBody body(long most);
}
