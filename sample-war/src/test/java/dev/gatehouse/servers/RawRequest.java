package dev.gatehouse.servers;

/** Requests as text, for what a well-behaved client refuses to send. */
final class RawRequest {
  private RawRequest() {}

  /** A request that asks the server to close the connection; its headers end in CR LF. */
  static String get(String target, String headers) {
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + "\r\n";
  }
}
