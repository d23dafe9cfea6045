package dev.gatehouse.spi.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request as the gate sees it: raw where a parser must judge, and without any servlet type.
 *
 * <p>There is one view of its headers. {@code X-Consumer-Username}, {@code X-Credential-Identifier}
 * and {@code X-Consumer-Custom-ID} do not exist before it is known who calls, and say who calls
 * after that. Headers that a plugin attaches hold what it attaches. What a client sends under these
 * names is never here. {@code Host} is here in every version of HTTP. A name with an underscore
 * also finds the header with a hyphen in its place.
 *
 * <p>Reading it never touches the body, with the exception of {@link #body}, and never changes what
 * the application reads later. Used by one thread at a time.
 */
public interface GateRequest {
  /**
   * The attribute in which the application says whom it has authenticated itself: a {@code Map}
   * with the claims or groups of that user, of the types that JSON has.
   */
  String EXTERNAL_USER = "dev.gatehouse.external_user";

  /**
   * The scheme under which the container was asked: {@code http} or {@code https}, in lower case.
   *
   * <p>Behind a proxy that ends TLS it is what the container makes of the connection to the proxy,
   * unless the container is told to trust that proxy.
   */
  String scheme();

  /**
   * The authority that the container reports: the host in lower case, and the port unless it is the
   * usual one of the scheme. It is the same in every version of HTTP.
   */
  String authority();

  /** The two ends of the connection, as the container reports them. */
  Connection connection();

  /** An attribute that the container or the application has set on the request, or null. */
  @Nullable Object attribute(String name);

  /** The method as sent; methods are case-sensitive. */
  String method();

  /** The path of the request target as sent, percent escapes and context path included. */
  String rawPath();

  /** The query as sent, without the question mark; null when there is none. */
  @Nullable String rawQuery();

  /** The decoded context path of the application; empty for the root. */
  String contextPath();

  /** The decoded path below the context path that the container is going to serve. */
  String servedPath();

  /** The first value of a header, or null; names are compared without case. */
  @Nullable String header(String name);

  /** All values of a header in their order; empty when it is absent. */
  List<String> headers(String name);

  /** The names of all headers, as the container tells them. */
  List<String> headerNames();

  /**
   * The decoded values of a query parameter, from the raw query only; empty when it is absent. A
   * parameter without {@code =} has the value "".
   */
  List<String> queryValues(String name);

  /** The values of a cookie, as sent; empty when it is absent. */
  List<String> cookies(String name);

  /** The address of the peer's socket, in its textual form. */
  String remoteAddress();

  /**
   * Reads the whole body, waiting for it; the application reads the same bytes again later.
   *
   * <p>It holds a thread and memory, so it is called only for a caller whose signature is right. A
   * body whose declared length is above the cap is not read at all. Called again, it answers from
   * memory.
   *
   * @param most the cap in bytes, 1 to {@link RequestBody#MAX}; counted are the bytes that arrive
   */
  RequestBody body(long most);
}
