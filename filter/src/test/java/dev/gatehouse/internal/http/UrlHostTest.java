package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts as browsers read them; the cases are those of the URL standard's own test data. */
class UrlHostTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://shop.example/a?q=a|b shop.example",
        "https://shop.example/{a}^`\"<> shop.example",
        "https://shop.example/%zz shop.example",
        "https://shop.example/[x]#a#b shop.example",
        "https://shop.example?a=b:c@d shop.example",
        "HTTPS://SHOP.Example/ shop.example",
        "http:shop.example shop.example",
        "http:\\\\shop.example\\x shop.example",
        "http:////shop.example/ shop.example",
        "http://user:pass@shop.example/ shop.example",
        "http://a@b@shop.example/ shop.example",
        "http://shop.example:443/ shop.example",
        "http://shop.example:/ shop.example",
        "http://shop.example:00000000080/ shop.example",
        "http://sh%6Fp.example/ shop.example",
        "http://xn--bcher-kva.example/ xn--bcher-kva.example",
        "http://a_b.example/ a_b.example",
        "http://shop.example./ shop.example.",
        "http://192.0.2.1/ 192.0.2.1",
        "http://0xc0.0.2.1/ 192.0.2.1",
        "http://0300.0.2.1/ 192.0.2.1",
        "http://3221225985/ 192.0.2.1",
        "http://192.0.513/ 192.0.2.1",
        "http://192.0.2.1./ 192.0.2.1",
        "http://0x/ 0.0.0.0",
        "http://[::1]/ [0:0:0:0:0:0:0:1]",
        "http://[0:0::1]:8080/ [0:0:0:0:0:0:0:1]",
        "http://shop.example\\@other.example/ shop.example",
        "http://other.example@shop.example/ shop.example",
      })
  void host_isThatOfABrowser(String url, String host) {
    assertEquals(host, UrlHost.of(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "//shop.example/",
        "/path",
        "ftp://shop.example/",
        "about:blank",
        "http:",
        "http://",
        "http:///",
        "http://:80/",
        "http://user@/",
        "http://shop.example:port/",
        "http://shop.example:65536/",
        "http://shop.example:80:80/",
        "http://shop example/",
        "http://shop%2fexample/",
        "http://shop%00.example/",
        "http://shop%.example/",
        "http://shop<.example/",
        "http://shop|.example/",
        "http://b\u00fccher.example/",
        "http://b%C3%BCcher.example/",
        "http://sh%FFp.example/",
        "http://256.0.2.1/",
        "http://192.0.2.256/",
        "http://1.2.3.4.5/",
        "http://4294967296/",
        "http://09.0.2.1/",
        "http://192..2.1/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[192.0.2.1]/",
        "http://[fe80::1%25eth0]/",
      })
  void urlThatBrowsersRefuse_hasNoHost(String url) {
    assertNull(UrlHost.of(url), url);
  }

  @Property
  void anyText_hasAHostOrNot(@ForAll String text) {
    for (String url : new String[] {text, "http://" + text, "https://a" + text + "/"}) {
      String host = UrlHost.of(url);
      if (host != null) {
        assertEquals(host, UrlHost.of("https://" + host + "/?|"), url);
      }
    }
  }
}
