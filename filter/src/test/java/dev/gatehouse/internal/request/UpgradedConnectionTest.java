package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.ProbeServlet;
import dev.gatehouse.internal.runtime.TestApplications;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code limit-conn} counted an upgraded connection until its handshake was over. */
@Timeout(60)
class UpgradedConnectionTest {
  private static final String UPGRADE =
      "GET /raw HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n"
          + "apikey: acme-key\r\n\r\n";

  @TempDir private Path documents = Path.of("");

  @Test
  void upgradedConnection_isCountedUntilItCloses() throws IOException {
    try (TomcatServer server = serving()) {
      for (int round = 0; round < 20; round++) {
        await(() -> isServed(server));
        try (Socket open = connect(server)) {
          assertTrue(line(open.getInputStream()).startsWith("HTTP/1.1 101 "));
          open.getOutputStream().write('x');
          assertEquals('x', bodyOf(open.getInputStream()));
          assertFalse(isServed(server), "the only slot is taken");
        }
      }
      await(() -> isServed(server));
    }
  }

  @Test
  void webSocket_isCountedUntilItCloses() throws Exception {
    try (TomcatServer server = serving()) {
      for (int round = 0; round < 5; round++) {
        await(() -> isServed(server));
        WebSocket open = webSocket(server).get(20, TimeUnit.SECONDS);
        assertFalse(isServed(server), "the only slot is taken");
        assertFalse(isUpgraded(server), "also for another WebSocket");
        open.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
      }
      await(() -> isServed(server));
    }
  }

  @Test
  void webSocketOfADisconnectedClient_releasesItsSlot() throws Exception {
    try (TomcatServer server = serving()) {
      WebSocket open = webSocket(server).get(20, TimeUnit.SECONDS);
      assertFalse(isServed(server));
      open.abort();
      await(() -> isServed(server));
    }
  }

  @Test
  void refusedHandshake_takesNoSlot() {
    try (TomcatServer server = serving()) {
      String refused =
          server.raw(UPGRADE.replace("acme-key", "wrong").replace("Upgrade\r\nU", "close\r\nU"));
      assertTrue(refused.startsWith("HTTP/1.1 401 "), refused);
      assertTrue(isServed(server));
    }
  }

  private static boolean isUpgraded(TomcatServer server) {
    try {
      webSocket(server).join().abort();
      return true;
    } catch (CompletionException refused) {
      return false;
    }
  }

  private static CompletableFuture<WebSocket> webSocket(TomcatServer server) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("apikey", "acme-key")
        .connectTimeout(Duration.ofSeconds(20))
        .buildAsync(
            URI.create("ws://localhost:" + server.port() + "/socket"), new WebSocket.Listener() {});
  }

  private static boolean isServed(TomcatServer server) {
    return server.rawGet("/plain", "apikey: acme-key\r\n").contains(ProbeServlet.MARKER);
  }

  /** Asks again and again; the test's own timeout ends it. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static Socket connect(TomcatServer server) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.ISO_8859_1));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      text.append((char) c);
    }
    return text.toString();
  }

  private static int bodyOf(InputStream in) throws IOException {
    while (line(in).length() > 1) {
      // skips a header
    }
    return in.read();
  }

  private TomcatServer serving() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/*")
                        .plugin("key-auth", "{}")
                        .plugin(
                            "limit-conn",
                            "{\"conn\":1,\"burst\":0,\"default_conn_delay\":1,"
                                + "\"key\":\"consumer_name\"}"))
            .consumer("acme", c -> c.credential("key", "key-auth", "{\"key\":\"acme-key\"}"))
            .build();
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(new WsSci(), null);
          TestApplications.filter(context, "gate", filter, "/*");
          TestApplications.servlet(context, new ProbeServlet(), "/");
          TestApplications.servlet(context, new Upgrading(), "/raw");
          context.addServletContainerInitializer(
              (classes, application) -> {
                try {
                  ((ServerContainer)
                          application.getAttribute("jakarta.websocket.server.ServerContainer"))
                      .addEndpoint(
                          ServerEndpointConfig.Builder.create(Echo.class, "/socket").build());
                } catch (DeploymentException e) {
                  throw new IllegalStateException(e);
                }
              },
              null);
        });
  }

  private static final class Upgrading extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, jakarta.servlet.ServletException {
      response.setHeader("Upgrade", "echo");
      response.setHeader("Connection", "Upgrade");
      request.upgrade(EchoHandler.class);
    }
  }

  /** Answers one byte with the same byte, and then reads until the client is gone. */
  public static final class EchoHandler implements HttpUpgradeHandler {
    /** Called by the container, or by the filter. */
    public EchoHandler() {}

    @Override
    public void init(WebConnection connection) {
      try (connection) {
        int read = connection.getInputStream().read();
        while (read >= 0) {
          connection.getOutputStream().write(read);
          connection.getOutputStream().flush();
          read = connection.getInputStream().read();
        }
      } catch (Exception gone) {
        System.getLogger("test").log(System.Logger.Level.DEBUG, "the client is gone", gone);
      }
    }

    @Override
    public void destroy() {}
  }

  /** A WebSocket endpoint that answers what it gets. */
  public static final class Echo extends Endpoint {
    /** Called by the container. */
    public Echo() {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(
          String.class,
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
              try {
                session.getBasicRemote().sendText(text);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
    }
  }
}
