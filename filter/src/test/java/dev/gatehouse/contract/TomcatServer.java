package dev.gatehouse.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;

/** A real Tomcat on a free loopback port that serves one application. */
public final class TomcatServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Tomcat tomcat = new Tomcat();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String contextPath;

  private TomcatServer(String contextPath) {
    this.contextPath = contextPath;
  }

  /**
   * Starts a server.
   *
   * @param contextPath the application's path, empty for the root
   * @param documents the application's directory
   * @param application adds servlets and filters
   * @throws IllegalStateException if the application did not start
   */
  public static TomcatServer start(
      String contextPath, Path documents, Consumer<Context> application) {
    return start(contextPath, documents, application, Map.of());
  }

  /**
   * Starts a server whose connector has more settings.
   *
   * @param connector names and values as Tomcat has them
   */
  public static TomcatServer start(
      String contextPath,
      Path documents,
      Consumer<Context> application,
      Map<String, String> connector) {
    TomcatServer server = new TomcatServer(contextPath);
    try {
      server.tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.tomcat.setHostname("127.0.0.1");
    server.tomcat.setPort(0);
    server.tomcat.getConnector().setProperty("address", "127.0.0.1");
    server.tomcat.getConnector().setAllowTrace(true);
    connector.forEach(server.tomcat.getConnector()::setProperty);
    server
        .tomcat
        .getConnector()
        .setProperty("allowedTrailerHeaders", "x-consumer-username,x-other");
    Context context = server.tomcat.addContext(contextPath, documents.toString());
    application.accept(context);
    try {
      server.tomcat.start();
    } catch (LifecycleException e) {
      server.close();
      throw new IllegalStateException(e);
    }
    if (context.getState() != LifecycleState.STARTED) {
      server.close();
      throw new IllegalStateException("the application did not start");
    }
    return server;
  }

  /** Returns the port on 127.0.0.1. */
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** Returns a GET of a path below the context path, with pairs of header name and value. */
  public HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder().GET(), path, headers);
  }

  /** Any request to a path below the context path, with pairs of header name and value. */
  public HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers) {
    request.uri(URI.create("http://127.0.0.1:" + port() + contextPath + path)).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends bytes as they are and reads until the server closes; ask for that with a header. */
  public String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a raw GET of a request target, with further header lines that each end in CR LF. */
  public String rawGet(String target, String headerLines) {
    return raw(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headerLines
            + "\r\n");
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
