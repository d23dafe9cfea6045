package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyTemplateProperties {
  private static final InterceptedRequest CALL =
      TestRequests.call(TestRequests.consumer("acme"), FakeRequest.get("/x").header("x-a", "1"));

  @Property(tries = 2_000)
  void parse_ofAnyText_neverThrows(@ForAll("mixed") String source) {
    KeyTemplateParser parser = new KeyTemplateParser(source);
    KeyTemplate template = parser.parse();

    template.of(CALL);
  }

  /** A blank prevents a backslash at the end of the text from quoting the variable. */
  @Property
  void of_aQuotedText_isThatText(@ForAll String text) {
    String quoted = text.replace("\\$", "").replace("$", "\\$");
    KeyTemplateParser parser = new KeyTemplateParser(quoted + " ${consumer_name}");
    KeyTemplate template = parser.parse();

    assertEquals(0, parser.problems().size());
    assertEquals(text.replace("\\$", "") + " acme", template.of(CALL));
  }

  @Provide
  Arbitrary<String> mixed() {
    return Arbitraries.of(
            "$",
            "{",
            "}",
            "\\",
            "??",
            " ",
            "remote_addr",
            "http_x",
            "arg_",
            "${",
            "$$",
            ".",
            "\0",
            "\ud83d",
            "é")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
