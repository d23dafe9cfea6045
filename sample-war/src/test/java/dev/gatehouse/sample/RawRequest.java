package dev.gatehouse.sample;

/** Requests as text, for what a well-behaved client refuses to send. */
public final class RawRequest {
  private static final String END = "\r\n";

  private final String head;

  private RawRequest(String head) {
    this.head = head;
  }

  /** Returns a request that asks the server to close the connection. */
  public static String get(String target, String header) {
    return "GET " + target + " HTTP/1.1" + END + common(header) + END;
  }

  /** Returns a chunked request with the body {@code hello}, to be finished with trailers. */
  static RawRequest chunkedPost(String target, String header) {
    return new RawRequest(
        "POST " + target + " HTTP/1.1" + END + common(header) + "Transfer-Encoding: chunked" + END);
  }

  String trailers(String... fields) {
    StringBuilder names = new StringBuilder();
    for (String field : fields) {
      names.append(names.length() == 0 ? "" : ", ").append(field, 0, field.indexOf(':'));
    }
    return head
        + ("Trailer: " + names + END + END)
        + ("5" + END + "hello" + END + "0" + END)
        + (String.join(END, fields) + END + END);
  }

  private static String common(String header) {
    return "Host: localhost" + END + "Connection: close" + END + header + END;
  }
}
