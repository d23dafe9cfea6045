package dev.gatehouse.internal.auth.hmac;

import static dev.gatehouse.internal.auth.hmac.HmacFixture.DATE;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.SECOND;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.SECRET;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9421: the example of its appendix, every component, and what is refused. */
class Rfc9421FormatTest {
  private static final String GENERIC = "401 client request can't be validated ";
  private static final String NO_VALUE = GENERIC + "(a component is unknown, absent or repeated)";
  private static final Map<String, Object> RFC = Map.of("signature_format", "rfc9421");
  private static final Map<String, Object> ANY =
      Map.of("signature_format", "rfc9421", "signed_headers", List.of());
  private static final String NOW = ";created=" + SECOND + ";keyid=\"john-key\"";
  private static final String TARGET = "\"@method\": GET\n\"@request-target\": /get\n";
  private static final String TARGET_LIST = "\"@method\" \"@request-target\"";

  private final HmacFixture john = new HmacFixture(Profile.STRICT);

  /** Appendix B.2.5, with the shared secret of appendix B.1.5. */
  @Test
  void exampleOfTheRfc_isAccepted() {
    String secret =
        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
    StoredCredential shared =
        new StoredCredential(
            Entries.keyAuth("shared", "x").credential(),
            Entries.consumer("rfc"),
            PluginSettings.of(Map.of("secret_key", Secret.of(secret), "base64_secret", true)));
    john.clock.advance(Duration.ofSeconds(1618884473L - SECOND));
    FakeRequest request =
        FakeRequest.get("/foo?param=Value&Pet=dog")
            .method("POST")
            .secure()
            .header("Host", "example.com")
            .header("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
            .header("Content-Type", "application/json")
            .header(
                "Signature-Input",
                "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473"
                    + ";keyid=\"test-shared-secret\"")
            .header("Signature", "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:");

    assertEquals(
        "rfc",
        HmacFixture.answer(
            john.plugin.authenticate(
                john.configured(ANY).valid(),
                request,
                (plugin, id) -> id.equals("test-shared-secret") ? shared : null)));
    assertEquals(GENERIC + "(Invalid key_id)", john.answer(ANY, request));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@method|POST",
        "@target-uri|http://shop.example/a%20b?x=%20y&n=%C3%A9&e=",
        "@authority|shop.example",
        "@scheme|http",
        "@request-target|/a%20b?x=%20y&n=%C3%A9&e=",
        "@path|/a%20b",
        "@query|?x=%20y&n=%C3%A9&e=",
        "x-empty|''",
        "content-type|text/plain",
      })
  void component_isSignedAsTheRfcSays(String name, String value) {
    String line = "\"" + name + "\": " + value + "\n";

    assertEquals("john", john.answer(ANY, signed(shop(), "\"" + name + "\"", NOW, line)));
    assertEquals(
        GENERIC + "(Invalid signature)",
        john.answer(ANY, signed(shop(), "\"" + name + "\"", NOW, line.replaceFirst("\n", "x\n"))));
  }

  @ParameterizedTest
  @CsvSource({"x,%20y", "n,%C3%A9", "e,''"})
  void queryParameter_isSignedEncodedAsFormsAre(String name, String value) {
    String component = "\"@query-param\";name=\"" + name + "\"";

    assertEquals(
        "john", john.answer(ANY, signed(shop(), component, NOW, component + ": " + value + "\n")));
  }

  private static FakeRequest shop() {
    return FakeRequest.get("/a%20b?x=%20y&n=%C3%A9&e=")
        .method("POST")
        .header("Host", "Shop.Example:80")
        .header("X-Empty", "")
        .header("Content-Type", "text/plain");
  }

  @ParameterizedTest
  @CsvSource({
    "http,shop.example:443,shop.example:443",
    "https,shop.example:443,shop.example",
    "https,shop.example:80,shop.example:80",
    "https,SHOP.example,shop.example",
  })
  void authority_leavesOutThePortOfTheScheme(String scheme, String host, String authority) {
    FakeRequest request = FakeRequest.get("/get").header("Host", host);
    if (scheme.equals("https")) {
      request.secure();
    }

    assertEquals(
        "john",
        john.answer(
            ANY,
            signed(
                request,
                "\"@target-uri\" \"@scheme\"",
                NOW,
                "\"@target-uri\": "
                    + scheme
                    + "://"
                    + authority
                    + "/get\n\"@scheme\": "
                    + scheme
                    + "\n")));
  }

  @Test
  void absentQuery_isSignedAsAQuestionMark() {
    assertEquals(
        "john",
        john.answer(ANY, signed(FakeRequest.get("/get"), "\"@query\"", NOW, "\"@query\": ?\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@status\"",
        "\"@signature-params\"",
        "\"@query-param\"",
        "\"@query-param\";name=\"none\"",
        "\"@query-param\";name=\"twice\"",
        "\"@query-param\";name=\" \"",
        "\"@query-param\";name=\"%\"",
        "\"@query-param\";name=twice",
        "\"x-none\"",
        "\"x-twice\"",
        "\"X-Once\"",
        "\"x-once\";sf",
        "\"x-once\";bs",
        "\"x-once\";key=\"a\"",
        "\"x-once\";tr",
        "\"@method\";req",
        "\"\"",
      })
  void component_unknownAbsentOrRepeated_isRefused(String component) {
    FakeRequest request =
        FakeRequest.get("/get?twice=1&twice=2")
            .header("X-Once", "a")
            .header("X-Twice", "a")
            .header("X-Twice", "b");

    assertEquals(NO_VALUE, john.answer(ANY, signed(request, component, NOW, component + ": a\n")));
  }

  @Test
  void target_isRequiredByDefaultInAnyForm() {
    String missing = "expected header \"%s\" missing in signing";
    assertEquals("john", ask(TARGET_LIST, TARGET));
    assertEquals("john", ask("\"@method\" \"@path\"", "\"@method\": GET\n\"@path\": /get\n"));
    assertEquals(
        GENERIC + "(" + missing.formatted("@request-target") + ")",
        ask("\"@method\"", "\"@method\": GET\n"));
    assertEquals(
        GENERIC + "(" + missing.formatted("@method") + ")",
        ask("\"@request-target\"", "\"@request-target\": /get\n"));
    FakeRequest withQuery = FakeRequest.get("/get?admin=true");
    assertEquals(
        GENERIC + "(" + missing.formatted("@request-target") + ")",
        john.answer(
            RFC,
            signed(
                withQuery, "\"@method\" \"@path\"", NOW, "\"@method\": GET\n\"@path\": /get\n")));
  }

  private String ask(String components, String lines) {
    return john.answer(RFC, signed(FakeRequest.get("/get"), components, NOW, lines));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ";keyid=\"john-key\"|neither creation nor date is signed",
        ";created=1725604588;keyid=\"john-key\"|Clock skew exceeded",
        ";created=1725604589;keyid=\"john-key\"|",
        ";created=1725605189;keyid=\"john-key\"|",
        ";created=1725605190;keyid=\"john-key\"|created in the future",
        ";created=1725604889;expires=1725604888;keyid=\"john-key\"|expired",
        ";created=1725604889;expires=1725604889;keyid=\"john-key\"|",
        ";created=1725604889;keyid=\"john-key\";alg=\"hmac-sha256\"|",
        ";created=1725604889;keyid=\"john-key\";alg=\"hmac-sha512\"|Invalid algorithm",
        ";created=1725604889;keyid=\"john-key\";alg=\"none\"|Invalid algorithm",
        ";created=1725604889;keyid=\"nobody\"|Invalid key_id",
        ";created=1725604889|keyid missing",
        ";created=1725604889;keyid=\"\"|keyid missing",
        ";created=1725604889;keyid=john-key|Signature-Input or Signature is of another kind",
        ";created=\"1725604889\";keyid=\"john-key\"|Signature-Input or Signature is of another kind",
        ";created=1725604889.5;keyid=\"john-key\"|Signature-Input or Signature is of another kind",
        ";created=1725604889;keyid=\"john-key\";nonce=\"a\";tag=\"b\";other=?0;more|",
        ";created=1725604889;keyid=\"john-key\";keyid=\"x\"|Signature-Input or Signature is malformed",
      })
  void parameters_areApplied(String parameters, String reason) {
    assertEquals(
        reason == null ? "john" : GENERIC + "(" + reason + ")",
        john.answer(RFC, signed(FakeRequest.get("/get"), TARGET_LIST, parameters, TARGET)));
  }

  @Test
  void signedDate_needsNoCreation() {
    FakeRequest request = FakeRequest.get("/get").header("Date", DATE);

    assertEquals(
        "john",
        john.answer(
            RFC,
            signed(
                request,
                TARGET_LIST + " \"date\"",
                ";keyid=\"john-key\"",
                TARGET + "\"date\": " + DATE + "\n")));
    john.clock.advance(Duration.ofSeconds(301));
    assertEquals(GENERIC + "(Clock skew exceeded)", john.answer(RFC, request));
    john.clock.advance(Duration.ofSeconds(-602));
    assertEquals(GENERIC + "(Clock skew exceeded)", john.answer(RFC, request));
  }

  @Test
  void unsignedDate_isIgnored() {
    String parameters = ";keyid=\"john-key\"";
    FakeRequest unsigned = FakeRequest.get("/get").header("Date", DATE);

    assertEquals(
        GENERIC + "(neither creation nor date is signed)",
        john.answer(RFC, signed(unsigned, TARGET_LIST, parameters, TARGET)));
    FakeRequest inPart = FakeRequest.get("/get").header("Date", DATE);
    assertEquals(
        GENERIC + "(neither creation nor date is signed)",
        john.answer(
            RFC,
            signed(
                inPart,
                TARGET_LIST + " \"date\";sf",
                parameters,
                TARGET + "\"date\";sf: " + DATE + "\n")));
  }

  @Test
  void replay_afterAnotherRequest_isStillRefused() {
    Map<String, Object> once = Map.of("signature_format", "rfc9421", "replay_protection", true);
    FakeRequest first = signed(FakeRequest.get("/get"), TARGET_LIST, NOW, TARGET);
    FakeRequest second = signed(FakeRequest.get("/get"), TARGET_LIST, NOW + ";nonce=\"2\"", TARGET);

    assertEquals("john", john.answer(once, first));
    john.clock.advance(Duration.ofSeconds(1));
    assertEquals("john", john.answer(once, second));
    assertEquals(GENERIC + "(signature used before)", john.answer(once, first));
  }

  @Test
  void credentials_inBothHeaders_areAccepted() {
    assertEquals(
        List.of(
            CredentialLocation.header("Signature"), CredentialLocation.header("Signature-Input")),
        john.configured(RFC).valid().places());
  }

  @Test
  void nothingPresented_isNoCredential() {
    assertEquals(
        "nothing: client request can't be validated: missing Signature-Input header",
        john.answer(RFC, FakeRequest.get("/get")));
    assertEquals(
        GENERIC + "(not exactly one signature with its input)",
        john.answer(RFC, FakeRequest.get("/get").header("Signature", "a=:eA==:")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sig=()|sig=:eA==:|keyid missing",
        "sig=(|sig=:eA==:|Signature-Input or Signature is malformed",
        "sig=()|sig=:eA:|Signature-Input or Signature is malformed",
        "sig=()|sig=x|Signature-Input or Signature is of another kind",
        "sig=1|sig=:eA==:|Signature-Input or Signature is of another kind",
        "sig=(1)|sig=:eA==:|Signature-Input or Signature is of another kind",
        "sig=(\"a\" \"a\");keyid=\"x\"|sig=:eA==:|Signature-Input or Signature is of another kind",
        "sig=(), b=()|sig=:eA==:, b=:eA==:|not exactly one signature with its input",
        "sig=()|other=:eA==:|not exactly one signature with its input",
        "sig=(), sig=()|sig=:eA==:|Signature-Input or Signature is malformed",
      })
  void shape_thatIsNotOneSignature_isRefused(String input, String signature, String reason) {
    FakeRequest request =
        FakeRequest.get("/get").header("Signature-Input", input).header("Signature", signature);

    assertEquals(GENERIC + "(" + reason + ")", john.answer(ANY, request));
  }

  @Test
  void components_moreThan64_areRefused() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 65; i++) {
      list.append(i == 0 ? "" : " ").append("\"x-").append(i).append('"');
    }

    assertEquals(
        GENERIC + "(Signature-Input or Signature is of another kind)",
        john.answer(ANY, signed(FakeRequest.get("/get"), list.toString(), NOW, "")));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void contentDigest_mustBeSignedInBothProfiles(Profile profile) {
    HmacFixture fixture = new HmacFixture(profile);
    Map<String, Object> body = Map.of("signature_format", "rfc9421", "validate_request_body", true);
    String sha256 = "sha-256=:78qzJuLwSpZ8HacsTdFCQJWxzPMOf8bYctRk2ySLpS8=:";

    assertEquals(
        GENERIC + "(expected header \"content-digest\" missing in signing)",
        fixture.answer(body, signed(world(sha256), TARGET_LIST, NOW, TARGET)));
    assertEquals("john", fixture.answer(body, withDigest(world(sha256), sha256)));
    assertEquals(
        GENERIC + "(Invalid digest)",
        fixture.answer(body, withDigest(world(sha256).body("{\"name\": \"moon\"}"), sha256)));
    for (String unknown : List.of("md5=:eA==:", "sha-256=eA==", "sha-256", "")) {
      assertEquals(
          GENERIC + "(Invalid digest)", fixture.answer(body, withDigest(world(unknown), unknown)));
    }
    String both = "sha-512=:eA==:, " + sha256;
    assertEquals(GENERIC + "(Invalid digest)", fixture.answer(body, withDigest(world(both), both)));
  }

  private static FakeRequest world(String digest) {
    return FakeRequest.get("/get").body("{\"name\": \"world\"}").header("Content-Digest", digest);
  }

  private static FakeRequest withDigest(FakeRequest request, String digest) {
    return signed(
        request,
        TARGET_LIST + " \"content-digest\"",
        NOW,
        TARGET + "\"content-digest\": " + digest + "\n");
  }

  @Test
  void replay_isRefusedUntilTheSignatureEnds() {
    Map<String, Object> once = Map.of("signature_format", "rfc9421", "replay_protection", true);
    String parameters = ";created=" + SECOND + ";expires=" + (SECOND + 10) + ";keyid=\"john-key\"";
    FakeRequest request = signed(FakeRequest.get("/get"), TARGET_LIST, parameters, TARGET);

    assertEquals("john", john.answer(once, request));
    john.clock.advance(Duration.ofSeconds(10));
    assertEquals(GENERIC + "(signature used before)", john.answer(once, request));
    john.clock.advance(Duration.ofSeconds(1));
    assertEquals(GENERIC + "(expired)", john.answer(once, request));
  }

  @Test
  void configure_namesTheFormatsAndTheOneAlgorithm() {
    assertEquals(
        List.of("signature_format: must be one of apisix, cavage, rfc9421, was \"rfc9420\""),
        john.configured(Map.of("signature_format", "rfc9420")).problems());
    assertEquals(
        List.of("allowed_algorithms: must be a list of hmac-sha256"),
        john.configured(
                Map.of("signature_format", "rfc9421", "allowed_algorithms", List.of("hmac-sha512")))
            .problems());
    assertEquals(
        List.of("signed_headers: must be header names of 1 to 50 characters, or @request-target"),
        john.configured(
                Map.of("signature_format", "rfc9421", "signed_headers", List.of("(created)")))
            .problems());
  }

  private static FakeRequest signed(
      FakeRequest request, String components, String parameters, String lines) {
    String params = "(" + components + ")" + parameters;
    String base = lines + "\"@signature-params\": " + params;
    return request
        .header("Signature-Input", "sig=" + params)
        .header("Signature", "sig=:" + sign("hmac-sha256", SECRET, base) + ":");
  }
}
