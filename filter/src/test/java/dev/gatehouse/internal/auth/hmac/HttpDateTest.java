package dev.gatehouse.internal.auth.hmac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final OptionalLong RFC_EXAMPLE = OptionalLong.of(784111777L);

  @Property(tries = 300)
  void preferred_everySecond_isWhatTheJdkWrites(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
    ZonedDateTime date =
        ZonedDateTime.ofInstant(java.time.Instant.ofEpochSecond(second), ZoneOffset.UTC);
    String text =
        DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US).format(date);
    assertEquals(OptionalLong.of(second), HttpDate.preferred(text));
    assertEquals(OptionalLong.of(second), HttpDate.any(text));
  }

  @Test
  void any_theThreeFormsOfHttp_areOneMoment() {
    assertEquals(RFC_EXAMPLE, HttpDate.any("Sun, 06 Nov 1994 08:49:37 GMT"));
    assertEquals(RFC_EXAMPLE, HttpDate.any("Sunday, 06-Nov-94 08:49:37 GMT"));
    assertEquals(RFC_EXAMPLE, HttpDate.any("Sun Nov  6 08:49:37 1994"));
    assertEquals(RFC_EXAMPLE, HttpDate.any("Sun, 06 Nov 1994 08:49:37 PST"));
    assertEquals(OptionalLong.of(0), HttpDate.any("Thursday, 01-Jan-70 00:00:00 GMT"));
    assertEquals(OptionalLong.of(3124224000L), HttpDate.any("Tuesday, 01-Jan-69 00:00:00 UTC"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 ",
        "Sun, 06 Nov 1994 08:49:37 +0100",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT",
        "Sun, 06 Nov 1994 08-49-37 GMT",
        "Sun, 06 Nov 1994  8:49:37 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun,_06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "1994-11-06T08:49:37Z",
        "784111777"
      })
  void otherTexts_areNoDates(String text) {
    assertEquals(OptionalLong.empty(), HttpDate.any(text));
    assertEquals(OptionalLong.empty(), HttpDate.preferred(text));
  }

  @Test
  void preferred_theOlderForms_areNoDates() {
    assertEquals(OptionalLong.empty(), HttpDate.preferred("Sunday, 06-Nov-94 08:49:37 GMT"));
    assertEquals(OptionalLong.empty(), HttpDate.preferred("Sun Nov  6 08:49:37 1994"));
    assertEquals(OptionalLong.empty(), HttpDate.preferred("Sun, 06 Nov 1994 08:49:37 UTC"));
  }
}
