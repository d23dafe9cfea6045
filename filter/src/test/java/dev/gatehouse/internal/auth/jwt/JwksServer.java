package dev.gatehouse.internal.auth.jwt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real server on loopback that answers with a JWK Set; counts how often it is asked. */
public final class JwksServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String body = "{\"keys\":[]}";
  private volatile int status = 200;
  private volatile boolean dripping;
  private volatile Runnable dripped = () -> {};
  private volatile @Nullable CountDownLatch stalled;

  public JwksServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    CountDownLatch wait = stalled;
    if (wait != null) {
      awaitQuietly(wait);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (status == 302) {
      exchange.getResponseHeaders().add("Location", uri().replace("/keys", "/elsewhere"));
      status = 200;
      exchange.sendResponseHeaders(302, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        if (dripping) {
          drip(out, bytes);
        } else {
          out.write(bytes);
        }
      }
    }
    exchange.close();
  }

  /** Sends one byte after the other until the client stops reading. */
  private void drip(OutputStream out, byte[] bytes) throws IOException {
    for (byte each : bytes) {
      out.write(each);
      out.flush();
      dripped.run();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  public JwksServer serves(String... keys) {
    body = "{\"keys\":[" + String.join(",", keys) + "]}";
    status = 200;
    return this;
  }

  public void answers(int code, String text) {
    status = code;
    body = text;
  }

  /** Answers byte by byte, and does something after each. */
  public void drips(Runnable after) {
    dripped = after;
    dripping = true;
  }

  /** Answers nothing until it is closed. */
  public void stalls() {
    stalled = new CountDownLatch(1);
  }

  /** Answers what was asked while it stalled, and what follows. */
  public void continues() {
    CountDownLatch wait = stalled;
    stalled = null;
    if (wait != null) {
      wait.countDown();
    }
  }

  public int asked() {
    return asked.get();
  }

  /** Returns a public key as a JWK with an id and further members. */
  public static String jwk(String id, PublicKey key, String more) {
    String members =
        key instanceof RSAPublicKey rsa
            ? "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"AQAB\"".formatted(unsigned(rsa.getModulus(), 0))
            : "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\""
                .formatted(
                    unsigned(((ECPublicKey) key).getW().getAffineX(), 32),
                    unsigned(((ECPublicKey) key).getW().getAffineY(), 32));
    return "{\"kid\":\"" + id + "\"," + members + more + "}";
  }

  private static String unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int most = length == 0 ? (number.bitLength() + 7) / 8 : length;
    byte[] exact = new byte[most];
    int from = Math.max(0, bytes.length - most);
    byte[] digits = Arrays.copyOfRange(bytes, from, bytes.length);
    System.arraycopy(digits, 0, exact, most - digits.length, digits.length);
    return Tokens.part(exact);
  }

  @Override
  public void close() {
    CountDownLatch wait = stalled;
    if (wait != null) {
      wait.countDown();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
