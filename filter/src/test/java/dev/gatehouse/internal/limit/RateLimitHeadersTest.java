package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.spi.plugin.Header;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {
  @ParameterizedTest
  @CsvSource({
    "10000,10",
    "9999,9.99",
    "9990,9.99",
    "9989,9.98",
    "9900,9.9",
    "9050,9.05",
    "9009,9",
    "59,0.05",
    "9,0",
    "1,0",
    "0,0",
    "100,0.1",
    "9007199254740991,9007199254740.99"
  })
  void seconds_areTruncatedToTwoDecimals(long millis, String shown) {
    assertEquals(shown, RateLimitHeaders.seconds(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "1,1",
    "1000,1",
    "1001,2",
    "9999,10",
    "10000,10",
    "9223372036854775807,9223372036854776"
  })
  void retryAfter_isNeverTooEarly(long millis, String shown) {
    assertEquals(new Header("Retry-After", shown), RateLimitHeaders.retryAfter(millis));
  }
}
