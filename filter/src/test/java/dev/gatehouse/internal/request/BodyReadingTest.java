package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.plugin.RequestBody;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BodyReadingTest {
  private final TestClock ticker = new TestClock();
  private final AtomicInteger given = new AtomicInteger();

  @Property(tries = 200)
  void upTo_anySize_isWholeOrTooLarge(
      @ForAll @IntRange(min = 0, max = 40_000) int size,
      @ForAll @IntRange(min = 1, max = 40_000) int most,
      @ForAll @IntRange(min = 1, max = 9_000) int piece,
      @ForAll boolean declared) {
    given.set(0);
    RequestBody body =
        reading(declared ? size : -1, new Drip(size, piece, Duration.ZERO)).upTo(most);

    if (size > most) {
      long reported = assertInstanceOf(RequestBody.TooLarge.class, body).size();
      assertEquals(true, reported > most && reported <= size);
      assertEquals(declared ? 0 : reported, given.get());
    } else {
      assertEquals("x".repeat(size), text(body));
    }
  }

  @Example
  void upTo_aByteNowAndThen_isAborted() {
    RequestBody body =
        reading(1_000_000, new Drip(1_000_000, 1, Duration.ofSeconds(1))).upTo(1_000_000);

    assertInstanceOf(RequestBody.Missing.class, body);
    assertEquals(21, given.get());
  }

  @Example
  void upTo_aSlowButSteadyClient_isServed() {
    RequestBody body = reading(60_000, new Drip(60_000, 600, Duration.ofSeconds(1))).upTo(60_000);

    assertEquals("x".repeat(60_000), text(body));
  }

  @Example
  void upTo_aBrokenConnection_isMissing() {
    RequestBody body = reading(10, new Drip(-1, 1, Duration.ZERO)).upTo(10);

    assertEquals(new RequestBody.Missing("the body did not arrive: EOFException"), body);
  }

  @Example
  void upTo_aBodyOfWhichAPartWasReadBefore_isMissing() {
    RequestBody body = reading(10, new Drip(3, 3, Duration.ZERO)).upTo(10);

    assertEquals(new RequestBody.Missing("3 of 10 bytes of the body came"), body);
  }

  private static String text(RequestBody body) {
    RequestBody.Whole whole = assertInstanceOf(RequestBody.Whole.class, body);
    return StandardCharsets.ISO_8859_1.decode(whole.bytes()).toString();
  }

  private BodyReading reading(long declared, ServletInputStream in) {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getInputStream" -> in;
                      case "getContentLengthLong" -> declared;
                      default -> null;
                    });
    return new BodyReading(request, ticker);
  }

  /**
   * Gives so many bytes in pieces, each after a pause; a negative number is a broken connection.
   */
  private final class Drip extends ServletInputStream {
    private final int size;
    private final int piece;
    private final Duration pause;

    Drip(int size, int piece, Duration pause) {
      this.size = size;
      this.piece = piece;
      this.pause = pause;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (size < 0) {
        throw new EOFException();
      }
      ticker.advance(pause);
      int left = Math.min(Math.min(size - given.get(), piece), length);
      java.util.Arrays.fill(into, offset, offset + left, (byte) 'x');
      given.addAndGet(left);
      return left == 0 ? -1 : left;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setReadListener(jakarta.servlet.ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
