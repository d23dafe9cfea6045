package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Our reader of addresses beside the JDK's. */
class IpAddressProperties {
  @Property(tries = 20_000)
  void parse_ofTheCharactersOfAnAddress_agreesWithTheJdk(
      @ForAll
          @Chars({':', '.', ':'})
          @CharRange(from = '0', to = '9')
          @CharRange(from = 'a', to = 'f')
          @StringLength(max = 24)
          String text)
      throws UnknownHostException {
    IpAddress ours = IpAddress.parse(text);
    if (ours != null) {
      assertEquals(new BigInteger(1, InetAddress.getByName(text).getAddress()), number(ours), text);
    }
  }

  @Property
  void parse_anyText_isReadOrNotButNeverThrows(@ForAll String text) {
    IpAddress.parse(text);
    IpAddress.parse("::" + text);
    try {
      IpRange.parse(text);
      IpRange.parse("10.0.0.0/" + text);
    } catch (IllegalArgumentException refusal) {
      assertNotNull(refusal.getMessage());
    }
  }

  @Property
  void parseWithPort_anyText_neverThrows(@ForAll String text) {
    IpAddress.parseWithPort(text);
    IpAddress.parseWithPort("[" + text);
    IpAddress.parseWithPort("[::1]" + text);
    IpAddress.parseWithPort("10.0.0.1" + text);
  }

  @Property
  void parseWithPort_whatProxiesWrite_isTheAddress(
      @ForAll @Size(16) byte[] bytes, @ForAll boolean v4, @ForAll @IntRange(max = 65_535) int port)
      throws UnknownHostException {
    byte[] raw = v4 ? java.util.Arrays.copyOf(bytes, 4) : bytes;
    String text = InetAddress.getByAddress(raw).getHostAddress();
    IpAddress address = IpAddress.parse(text);

    assertEquals(address, IpAddress.parseWithPort(text));
    String named = text.indexOf(':') < 0 ? text : "[" + text + "]";
    assertEquals(address, IpAddress.parseWithPort(named + ":" + port));
  }

  @Property
  void parse_whatTheJdkWrites_isReadBack(@ForAll @Size(16) byte[] bytes, @ForAll boolean v4)
      throws UnknownHostException {
    byte[] address = v4 ? java.util.Arrays.copyOf(bytes, 4) : bytes;
    IpAddress ours = IpAddress.parse(InetAddress.getByAddress(address).getHostAddress());

    assertNotNull(ours);
    assertEquals(new BigInteger(1, address), number(ours));
    assertEquals(InetAddress.getByAddress(address).getHostAddress(), ours.toString());
  }

  @Property
  void contains_isWhatTheFirstBitsSay(
      @ForAll @Size(16) byte[] one,
      @ForAll @Size(16) byte[] other,
      @ForAll boolean v4,
      @ForAll @IntRange(max = 128) int wide)
      throws UnknownHostException {
    int bits = v4 ? 32 : 128;
    int prefix = wide % (bits + 1);
    BigInteger range = masked(number(one, bits), prefix, bits);
    BigInteger near = number(other, bits).xor(number(one, bits)).mod(BigInteger.TWO.pow(bits));
    for (BigInteger candidate : List.of(number(other, bits), number(one, bits), near)) {
      assertEquals(
          masked(candidate, prefix, bits).equals(range),
          new IpRange(address(range, v4), prefix).contains(address(candidate, v4)));
    }
  }

  @Example
  void parse_whatTwoReadersCouldTakeForTwoThings_isRefused() {
    for (String odd :
        List.of(
            "",
            "1",
            "1.2.3",
            "1.2.3.4.",
            ".1.2.3.4",
            "1.2.3.256",
            "01.2.3.4",
            "1.2.3.04",
            "0x1.2.3.4",
            "1.2.3.4 ",
            " 1.2.3.4",
            "1.2.3.4:80",
            "[::1]",
            "::1%eth0",
            ":::",
            "1:2",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::",
            "::1::",
            "12345::",
            "::g",
            ":1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:",
            "::1.2.3",
            "::1.2.3.4.5",
            "1.2.3.4::",
            "::ffff:01.2.3.4",
            "\u0661.2.3.4",
            "::\uff11",
            "localhost")) {
      assertNull(IpAddress.parse(odd), odd);
    }
    assertEquals(IpAddress.parse("192.0.2.1"), IpAddress.parse("::ffff:192.0.2.1"));
    assertEquals(IpAddress.parse("192.0.2.1"), IpAddress.parse("0:0:0:0:0:FFFF:c000:0201"));
    assertEquals(IpRange.parse("10.0.0.0/8"), IpRange.parse("::ffff:10.0.0.0/104"));
  }

  private static BigInteger number(byte[] bytes, int bits) {
    return new BigInteger(1, java.util.Arrays.copyOf(bytes, bits / 8));
  }

  private static BigInteger masked(BigInteger number, int prefix, int bits) {
    return number.shiftRight(bits - prefix).shiftLeft(bits - prefix);
  }

  private static BigInteger number(IpAddress address) {
    BigInteger low = new BigInteger(Long.toUnsignedString(address.low()));
    return new BigInteger(Long.toUnsignedString(address.high())).shiftLeft(64).or(low);
  }

  private static IpAddress address(BigInteger number, boolean v4) {
    return new IpAddress(v4, number.shiftRight(64).longValue(), number.longValue());
  }
}
