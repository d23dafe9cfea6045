package dev.gatehouse.internal.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.contract.FakeRequest;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expensive tokens are refused at low cost, whether or not their signature is right. */
class JwtBombTest {
  private static final String INVALID = "401 JWT token invalid";
  private static final String REFUSED = "401 failed to verify jwt";
  private static final long MAX_BYTES = 1 << 20;

  record Bomb(String name, String token, String answer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Bomb> bombs() {
    String zeros = Tokens.part(new byte[5000]);
    byte[] small = new byte[5000];
    Deflater deflater = new Deflater(9);
    deflater.setInput(new byte[4_000_000]);
    deflater.finish();
    int length = deflater.deflate(small);
    deflater.end();
    String colliding =
        IntStream.range(256, 512)
            .mapToObj(i -> Integer.toBinaryString(i).replace("0", "Aa").replace("1", "BB"))
            .map(name -> '"' + name + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    return List.of(
        new Bomb("zip", zip(Arrays.copyOf(small, length)), INVALID),
        new Bomb("nested lists", claims("[".repeat(5000) + "]".repeat(500)), INVALID),
        new Bomb("nested objects", claims("{\"a\":".repeat(900)), INVALID),
        new Bomb("many digits", claims("1".repeat(5000)), INVALID),
        new Bomb("megabyte of digits", claims("1".repeat(1 << 20)), INVALID),
        new Bomb("huge exponent", claims("1e999999999"), INVALID),
        new Bomb("tiny exponent", claims("1e-999999999"), INVALID),
        new Bomb("colliding names", claims(colliding), REFUSED),
        new Bomb(
            "PBES2",
            Tokens.part("{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2147483647}") + ".a.b.c.d",
            INVALID),
        new Bomb("dots", ".".repeat(1 << 20), INVALID),
        new Bomb("zeros", zeros + "." + zeros + ".", INVALID));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void bomb_isRefusedAtLowCost(Bomb bomb) {
    JwtFixture desk = JwtFixture.strict();
    FakeRequest request = FakeRequest.get("/").cookie("jwt", bomb.token());
    desk.ask(request);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();

    String answer = desk.answer(request);

    long allocated = thread.getCurrentThreadAllocatedBytes() - before;
    assertEquals(bomb.answer(), answer);
    assertTrue(allocated < MAX_BYTES, () -> allocated + " bytes");
  }

  private static String zip(byte[] payload) {
    String input = Tokens.part("{\"alg\":\"HS256\",\"zip\":\"DEF\"}") + "." + Tokens.part(payload);
    return input
        + "."
        + Tokens.part(Tokens.signature("HS256", Tokens.secretKey(JwtFixture.SECRET), input));
  }

  private static String claims(String value) {
    return Tokens.hs256(JwtFixture.SECRET + "!", "{\"key\":\"user-key\",\"a\":" + value + "}");
  }
}
