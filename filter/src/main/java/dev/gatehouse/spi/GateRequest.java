package dev.gatehouse.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request as the gate sees it: raw where a parser must judge, and without any servlet type.
 *
 * <p>Reading it never touches the body and never changes what the application reads later. Used by
 * one thread at a time.
 */
public interface GateRequest {
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

  /**
   * The decoded values of a query parameter, from the raw query only; empty when it is absent. A
   * parameter without {@code =} has the value "".
   */
  List<String> queryValues(String name);

  /** The values of a cookie, as sent; empty when it is absent. */
  List<String> cookies(String name);

  /** The address of the peer's socket, in its textual form. */
  String remoteAddress();
}
