package dev.gatehouse.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls one server; safe for use by several threads. */
public final class Client {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI base;
  private final String context;

  /**
   * @param base where the application is; its path is put before every path that is called
   */
  public Client(URI base) {
    this.base = base;
    this.context = base.getPath().replaceAll("/$", "");
  }

  /** Returns the context path of the application; empty for the root. */
  public String context() {
    return context;
  }

  /**
   * Gets a path.
   *
   * @param headers names and values in turn
   */
  public HttpResponse<String> get(String path, String... headers) throws IOException {
    return send(request(path, headers).GET().build());
  }

  public HttpResponse<String> post(String path, String json, String... headers) throws IOException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /** Any method, with JSON unless the body is empty. */
  public HttpResponse<String> send(String method, String path, String json, String... headers)
      throws IOException {
    HttpRequest.Builder request = request(path, headers);
    return send(
        json.isEmpty()
            ? request.method(method, BodyPublishers.noBody()).build()
            : request
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
  }

  /** Sends bytes as they are and reads until the server closes; the text must ask for that. */
  public String raw(String text) throws IOException {
    try (Socket socket = sent(text)) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  /** Returns the same, and reads no further than to a text. */
  public String raw(String text, String last) throws IOException {
    try (Socket socket = sent(text)) {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      int each = in.read();
      while (each >= 0) {
        all.write(each);
        each = all.toString(StandardCharsets.UTF_8).endsWith(last) ? -1 : in.read();
      }
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  private Socket sent(String text) throws IOException {
    Socket socket = new Socket(base.getHost(), base.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(context + path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
