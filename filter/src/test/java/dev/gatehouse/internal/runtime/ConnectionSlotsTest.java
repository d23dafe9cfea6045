package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A slot of {@code limit-conn} is released however a request ends. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionSlotsTest {
  private static final int SLOTS = 48;
  private static final int CLIENTS = 24;

  @TempDir private Path documents = Path.of("");

  @Test
  void tenThousandRequests_thatEndInEveryWay_leaveAllSlotsFree() throws Exception {
    Endings endings = new Endings();
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/*")
                        .plugin(
                            "limit-conn",
                            "{\"conn\":"
                                + SLOTS
                                + ",\"burst\":0,\"default_conn_delay\":1,\"key\":\"remote_addr\"}"))
            .build();
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gate", filter, "/*");
              TestApplications.servlet(context, endings, "/*");
            })) {
      soak(server.port());
      assertTrue(endings.failed.get() > 3_000 && endings.flooded.get() > 500, "positive control");
      assertEquals(allSlots(), atOnce(server, endings));
    }
  }

  private static List<Integer> allSlots() {
    List<Integer> all = new ArrayList<>(Collections.nCopies(SLOTS, 200));
    all.addAll(Collections.nCopies(4, 429));
    return all;
  }

  private static void soak(int port) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Integer> done =
        ConcurrentTasks.run(
            CLIENTS,
            () -> {
              int mine = 0;
              for (int i = next.getAndIncrement(); i < 10_000; i = next.getAndIncrement()) {
                call(port, ending(i), i % 10 == 7);
                mine++;
              }
              return mine;
            });
    assertEquals(10_000, done.stream().mapToInt(n -> n).sum());
  }

  private static String ending(int number) {
    return switch (number % 10) {
      case 0, 1, 2, 3 -> "/fail";
      case 4, 5 -> "/async";
      case 6 -> number % 100 == 6 ? "/timeout" : "/dispatch";
      case 7 -> "/flood";
      default -> "/ok";
    };
  }

  /** A client that has disconnected does not read the response. */
  private static void call(int port, String path, boolean gone) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      if (gone) {
        socket.getInputStream().read();
        socket.setSoLinger(true, 0);
      } else {
        socket.getInputStream().readAllBytes();
      }
    }
  }

  /** Returns the responses to this many concurrent requests and a few more. */
  private static List<Integer> atOnce(TomcatServer server, Endings endings) throws Exception {
    List<Integer> statuses =
        ConcurrentTasks.run(
            SLOTS + 4,
            () -> {
              int status = server.get("/hold").statusCode();
              if (status == 429 && endings.refused.incrementAndGet() == 4) {
                endings.hold.countDown();
              }
              return status;
            });
    List<Integer> sorted = new ArrayList<>(statuses);
    Collections.sort(sorted);
    return sorted;
  }

  /** Ends every request as its path says. */
  private static final class Endings extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient AtomicInteger failed = new AtomicInteger();
    private final transient AtomicInteger flooded = new AtomicInteger();
    private final transient AtomicInteger refused = new AtomicInteger();
    private final transient CountDownLatch hold = new CountDownLatch(1);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      switch (request.getPathInfo()) {
        case "/fail" -> {
          failed.incrementAndGet();
          throw new ServletException("on purpose");
        }
        case "/async" -> {
          AsyncContext async = request.startAsync();
          async.start(async::complete);
        }
        case "/dispatch" -> request.startAsync().dispatch("/ok");
        case "/timeout" -> request.startAsync().setTimeout(1);
        case "/flood" -> flood(response);
        case "/hold" -> await();
        default -> response.getWriter().print("ok");
      }
    }

    private void await() throws ServletException {
      try {
        if (!hold.await(20, TimeUnit.SECONDS)) {
          throw new ServletException("no request was refused");
        }
      } catch (InterruptedException e) {
        throw new ServletException(e);
      }
    }

    /** Until the client is gone. */
    private void flood(HttpServletResponse response) throws IOException {
      flooded.incrementAndGet();
      byte[] much = new byte[65_536];
      for (int i = 0; i < 200; i++) {
        response.getOutputStream().write(much);
      }
    }
  }
}
