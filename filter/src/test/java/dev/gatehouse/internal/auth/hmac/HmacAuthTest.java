package dev.gatehouse.internal.auth.hmac;

import static dev.gatehouse.internal.auth.hmac.HmacFixture.DATE;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.JOHN;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.SECOND;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.authorization;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.signedGet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and vectors of the reference's section 2.3, and what each profile makes of them. */
class HmacAuthTest {
  private static final String GENERIC = "401 client request can't be validated ";
  private static final String EMPTY_DIGEST = "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final Map<String, Object> BODY = Map.of("validate_request_body", true);

  private final HmacFixture strict = new HmacFixture(Profile.STRICT);
  private final HmacFixture api7 = new HmacFixture(Profile.API7);

  @ParameterizedTest
  @CsvSource({
    "GET,/get,hmac-sha1,6vxalq1AJHDdsUhy/uqwhqPYTfI=",
    "GET,/get,hmac-sha256,j+feO3Wm5em0agp0A70FZErf6lrMDVs7zjQ9MxomPx0=",
    "GET,/get,hmac-sha512,8k2FeWFnxSNRr8NYR8L/nVEv7WQ1uRt9ZgJD0s6Uc8c1RbcjIlg80K0AjXuuGPdTdVGlpJboZhJEyKs84oMF/g==",
    "POST,/post?a=1&b=%20x,hmac-sha256,cGXNL3MdHOXxii1kWmQxw9LefxXpqS3djCdsIZgxkTs=",
  })
  void goldenVectors_ofApisix_areRight(
      String method, String target, String algorithm, String signature) {
    FakeRequest request =
        FakeRequest.get(target)
            .method(method)
            .header("Date", DATE)
            .header("Authorization", presented(algorithm, signature));

    assertEquals("john", api7.answer(Map.of(), request));
    assertEquals(
        algorithm.equals("hmac-sha1") ? GENERIC + "(Invalid algorithm)" : "john",
        strict.answer(Map.of(), request));
    assertEquals(
        "john",
        strict.answer(Map.of("allowed_algorithms", List.of("hmac-sha1", algorithm)), request));
  }

  @Test
  void goldenVector_ofTheDocumentation_isRight() {
    strict.clock.advance(Duration.ofSeconds(1729531878L - SECOND));
    FakeRequest request =
        FakeRequest.get("/get")
            .header("Date", "Mon, 21 Oct 2024 17:31:18 GMT")
            .header(
                "Authorization",
                presented("hmac-sha256", "ztFfl9w7LmCrIuPjRC/DWSF4gN6Bt8dBBz4y+u1pzt8="));

    assertEquals("john", strict.answer(Map.of(), request));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void checks_inTheOrderOfApisix_giveItsMessages(Profile profile) {
    HmacFixture john = new HmacFixture(profile);
    assertEquals(
        "nothing: client request can't be validated: missing Authorization header",
        john.answer(Map.of(), FakeRequest.get("/get")));
    for (String other : List.of("Basic eDp5", "signature keyId=\"a\"", "SignatureZ a=\"b\"", "")) {
      assertEquals(
          "401 client request can't be validated: Authorization header does not start with"
              + " 'Signature' (Authorization header does not start with 'Signature')",
          john.answer(Map.of(), FakeRequest.get("/get").header("Authorization", other)));
    }
    assertRow(john, "Signature", "keyId or signature missing");
    assertRow(john, "Signature algorithm=\"x\",signature=\"eA==\"", "keyId or signature missing");
    assertRow(john, "Signature keyId=\"nobody\",algorithm=\"x\"", "keyId or signature missing");
    assertRow(john, "Signature keyId=\"nobody\",signature=\"eA==\"", "algorithm missing");
    assertRow(john, row("nobody", "hmac-md5"), "Invalid key_id");
    assertRow(john, row("k".repeat(257), "hmac-sha256"), "Invalid key_id");
    assertRow(john, row("john-key", "hmac-md5"), "Invalid algorithm");
    assertRow(john, row("john-key", "HMAC-SHA256"), "Invalid algorithm");
    assertRow(
        john, row("john-key", "hmac-sha256"), "Date header missing. failed to validate clock skew");
    assertRow(john, row("john-key", "hmac-sha256"), "Invalid GMT format time", "yesterday");
    assertRow(
        john, row("john-key", "hmac-sha256"), "Invalid GMT format time", "2024-09-06T06:41:29Z");
    assertRow(
        john,
        row("john-key", "hmac-sha256"),
        "Clock skew exceeded",
        "Fri, 06 Sep 2024 06:36:28 GMT");
    assertRow(
        john,
        row("john-key", "hmac-sha256").replace("@request-target date", "@request-target Date"),
        "expected header \"date\" missing in signing",
        DATE);
    assertRow(john, row("john-key", "hmac-sha256"), "Invalid signature", DATE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void clockSkew_atItsEdges_isInclusiveBothWays(Profile profile) {
    for (int away : new int[] {-301, -300, 0, 300, 301}) {
      HmacFixture john = new HmacFixture(profile);
      john.clock.advance(Duration.ofSeconds(away).plusMillis(away < 0 ? 0 : 999));
      String expected = Math.abs(away) > 300 ? GENERIC + "(Clock skew exceeded)" : "john";
      assertEquals(expected, john.answer(Map.of(), signedGet()), "away " + away);
    }
    HmacFixture narrow = new HmacFixture(profile);
    narrow.clock.advance(Duration.ofSeconds(2));
    assertEquals(
        GENERIC + "(Clock skew exceeded)", narrow.answer(Map.of("clock_skew", 1), signedGet()));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void clockSkew_hasNoUpperBoundBelowTwoToThe53(Profile profile) {
    long most = (1L << 53) - 1;
    HmacFixture john = new HmacFixture(profile);
    john.clock.advance(Duration.ofDays(3_650));
    assertEquals("john", john.answer(Map.of("clock_skew", most), signedGet()));
    assertEquals(1, john.configured(Map.of("clock_skew", most + 1)).problems().size());
  }

  @Test
  void target_isSignedDecodedWithTheRawQuery() {
    assertTarget("/a%20b?x=%20y", "/a b?x=%20y");
    assertTarget("/%c3%a9+?", "/\u00e9+");
    assertTarget("/", "/");
  }

  @Test
  void target_thatReadsLikeAnother_isNotSigned() {
    FakeRequest request =
        FakeRequest.get("/a%3Fb")
            .header("Date", DATE)
            .header("Authorization", target("john-key\nGET /a?b\ndate: " + DATE + "\n"));

    assertTrue(api7.answer(Map.of(), request).startsWith(GENERIC));
    assertTrue(strict.answer(Map.of(), request).startsWith(GENERIC));
  }

  @Test
  void dateOnly_isAcceptedInApi7Only() {
    String signature = authorization("hmac-sha256", "date", "john-key\ndate: " + DATE + "\n");
    FakeRequest request =
        FakeRequest.get("/any").header("Date", DATE).header("Authorization", signature);

    assertEquals("john", api7.answer(Map.of(), request));
    assertEquals(
        GENERIC + "(expected header \"@request-target\" missing in signing)",
        strict.answer(Map.of(), request));
    assertEquals("john", strict.answer(Map.of("signed_headers", List.of()), request));
  }

  @Test
  void emptySignature_isAcceptedInApi7Only() {
    FakeRequest request =
        FakeRequest.get("/any")
            .header("Date", DATE)
            .header(
                "Authorization",
                authorization("hmac-sha256", "", "john-key\n").replace(",headers=\"\"", ""));
    Map<String, Object> nothing = Map.of("signed_headers", List.of());

    assertEquals("john", api7.answer(nothing, request));
    assertEquals(
        GENERIC + "(expected header \"date\" missing in signing)", strict.answer(nothing, request));
  }

  @Test
  void listedHeader_absent_isSkippedInApi7AndRefusedByDefault() {
    FakeRequest request =
        FakeRequest.get("/get")
            .header("Date", DATE)
            .header(
                "Authorization",
                authorization(
                    "hmac-sha256",
                    "@request-target date x-absent a:b",
                    "john-key\nGET /get\ndate: " + DATE + "\n"));

    assertEquals("john", api7.answer(Map.of(), request));
    assertEquals(GENERIC + "(a listed header is absent)", strict.answer(Map.of(), request));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void listedHeader_isSignedUnderTheClientsSpellingOfItsName(Profile profile) {
    HmacFixture john = new HmacFixture(profile);
    String signed = "john-key\nGET /get\ndate: " + DATE + "\nX-Custom: \u00fc, b\n";
    String value = authorization("hmac-sha512", "@request-target date X-Custom", signed);
    FakeRequest request =
        FakeRequest.get("/get")
            .header("date", DATE)
            .header("x-custom", "\u00c3\u00bc, b")
            .header("Authorization", value);

    assertEquals("john", john.answer(Map.of(), request));
    request.header("X-CUSTOM", "more");
    assertEquals(GENERIC + "(a listed header is repeated)", john.answer(Map.of(), request));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void listedTwice_isRefused(Profile profile) {
    String twice =
        authorization(
            "hmac-sha256",
            "@request-target date Date",
            "john-key\nGET /get\ndate: " + DATE + "\nDate: " + DATE + "\n");
    FakeRequest request =
        FakeRequest.get("/get").header("Date", DATE).header("Authorization", twice);

    assertEquals(
        GENERIC + "(a name is listed twice)", new HmacFixture(profile).answer(Map.of(), request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Friday, 06-Sep-24 06:41:29 GMT",
        "Fri Sep  6 06:41:29 2024",
        "Fri, 06 Sep 2024 06:41:29 CEST"
      })
  void olderDateFormats_areAcceptedInApi7Only(String date) {
    FakeRequest request =
        FakeRequest.get("/get")
            .header("Date", date)
            .header("Authorization", target("john-key\nGET /get\ndate: " + date + "\n"));

    assertEquals("john", api7.answer(Map.of(), request));
    assertEquals(GENERIC + "(Invalid GMT format time)", strict.answer(Map.of(), request));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void repeatedHeaders_areRefused(Profile profile) {
    HmacFixture john = new HmacFixture(profile);
    assertTrue(john.answer(Map.of(), signedGet().header("authorization", "x")).startsWith(GENERIC));
    assertTrue(john.answer(Map.of(), signedGet().header("date", DATE)).startsWith(GENERIC));
  }

  @Test
  void otherSecretMethodPathOrQuery_isRefused() {
    String value = target("john-key\nGET /get\ndate: " + DATE + "\n");
    for (String target : List.of("/get/", "/Get", "/get?", "/get?a")) {
      FakeRequest request =
          FakeRequest.get(target).header("Date", DATE).header("Authorization", value);
      boolean same = target.equals("/get?");
      assertEquals(
          same ? "john" : GENERIC + "(Invalid signature)", strict.answer(Map.of(), request));
    }
    assertEquals(
        GENERIC + "(Invalid signature)", strict.answer(Map.of(), signedGet().method("POST")));
  }

  @Test
  void signatureText_isReadStrictly() {
    String right =
        HmacFixture.sign(
            "hmac-sha256", "john-secret-key", "john-key\nGET /get\ndate: " + DATE + "\n");
    assertEquals("john", strict.answer(Map.of(), get(right)));
    String unpadded = right.replace("=", "");
    char last = unpadded.charAt(unpadded.length() - 1);
    String looseBits = unpadded.substring(0, unpadded.length() - 1) + (char) (last + 1) + "=";
    for (String wrong :
        List.of(unpadded, right + "=", looseBits, right.substring(4), "=", "\u00e9")) {
      assertEquals(GENERIC + "(Invalid signature)", strict.answer(Map.of(), get(wrong)), wrong);
    }
  }

  /** A prepared secret is reused by later requests and must not outlive a change. */
  @Test
  void changedSecret_replacesTheOldOneAtOnce() {
    HmacConfig config = strict.configured(Map.of()).valid();
    StoredCredential changed =
        new StoredCredential(
            JOHN.credential(),
            JOHN.consumer(),
            PluginSettings.of(Map.of("secret_key", Secret.of("another secret"))));
    FakeRequest request = signedGet();

    for (StoredCredential stored : List.of(JOHN, changed, JOHN, changed)) {
      assertEquals(
          stored.equals(JOHN) ? "john" : GENERIC + "(Invalid signature)",
          HmacFixture.answer(strict.plugin.authenticate(config, request, (plugin, id) -> stored)));
    }
  }

  @Test
  void credentialWithoutSecret_isUnknown() {
    var broken =
        new dev.gatehouse.spi.store.StoredCredential(
            JOHN.credential(), JOHN.consumer(), PluginSettings.EMPTY);
    assertEquals(
        GENERIC + "(Invalid key_id)",
        HmacFixture.answer(
            strict.plugin.authenticate(
                strict.configured(Map.of()).valid(), signedGet(), (name, value) -> broken)));
  }

  @Test
  void body_isReadOnlyAfterTheSignature() {
    FakeRequest wrong = signedGet().method("POST").header("Digest", EMPTY_DIGEST);
    strict.answer(BODY, wrong);
    api7.answer(BODY, wrong);
    assertEquals(0, wrong.bodyReads());
    FakeRequest unasked = signedGet().body("x");
    assertEquals("john", strict.answer(Map.of(), unasked));
    assertEquals(0, unasked.bodyReads());
  }

  @Test
  void digest_unsigned_isEnoughInApi7AndNotByDefault() {
    FakeRequest request = signedGet().header("Digest", EMPTY_DIGEST);
    assertEquals("john", api7.answer(BODY, request));
    assertEquals(
        GENERIC + "(expected header \"digest\" missing in signing)", strict.answer(BODY, request));
    assertEquals(1, request.bodyReads());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void digest_signed_bindsTheBody(Profile profile) {
    HmacFixture john = new HmacFixture(profile);
    String digest = "SHA-256=78qzJuLwSpZ8HacsTdFCQJWxzPMOf8bYctRk2ySLpS8=";
    assertEquals("john", john.answer(BODY, digested(digest).body("{\"name\": \"world\"}")));
    String invalid = GENERIC + "(Invalid digest)";
    assertEquals(invalid, john.answer(BODY, digested(digest).body("{\"name\": \"world!\"}")));
    assertEquals(invalid, john.answer(BODY, digested(digest)));
    for (String odd :
        List.of("SHA-256=", "sha-256=x", digest.substring(8), digest + " ", "md5=x")) {
      assertEquals(invalid, john.answer(BODY, digested(odd).body("{\"name\": \"world\"}")), odd);
    }
    assertEquals(
        "413 request size 17 is greater than the maximum size 16 allowed (body too large)",
        john.answer(
            Map.of("validate_request_body", true, "max_req_body_size", 16),
            digested(digest).body("{\"name\": \"world\"}")));
  }

  @Test
  void digest_absent_isInvalidInApi7() {
    assertEquals(GENERIC + "(Invalid digest)", api7.answer(BODY, signedGet()));
  }

  @Test
  void replay_isRefusedForAsLongAsItCouldBeAccepted() {
    Map<String, Object> once = Map.of("replay_protection", true, "replay_capacity", 1);
    assertEquals("john", strict.answer(once, signedGet()));
    assertEquals(GENERIC + "(signature used before)", strict.answer(once, signedGet()));
    FakeRequest another = later("Fri, 06 Sep 2024 06:46:29 GMT");
    assertEquals(
        "503 Service temporarily unavailable (no room to remember one more signature)",
        strict.answer(once, another));
    strict.clock.advance(Duration.ofMinutes(5));
    assertEquals(GENERIC + "(signature used before)", strict.answer(once, signedGet()));
    strict.clock.advance(Duration.ofSeconds(1));
    assertEquals(GENERIC + "(Clock skew exceeded)", strict.answer(once, signedGet()));
    assertEquals("john", strict.answer(once, another));
  }

  @Test
  void replay_withAWrongBodyFirst_doesNotUseTheSignatureUp() {
    Map<String, Object> once = Map.of("replay_protection", true, "validate_request_body", true);
    assertTrue(strict.answer(once, digested(EMPTY_DIGEST).body("x")).startsWith(GENERIC));
    assertEquals("john", strict.answer(once, digested(EMPTY_DIGEST)));
    FakeRequest again = digested(EMPTY_DIGEST);
    assertEquals(GENERIC + "(signature used before)", strict.answer(once, again));
    assertEquals(0, again.bodyReads());
  }

  @Test
  void replay_offByDefault_acceptsTwice() {
    assertEquals("john", strict.answer(Map.of(), signedGet()));
    assertEquals("john", strict.answer(Map.of(), signedGet()));
  }

  @Test
  void configure_byDefault_isAsDocumented() {
    HmacConfig config = strict.configured(Map.of()).valid();
    assertEquals(
        "hmac-auth(signature_format=apisix, allowed_algorithms=[hmac-sha256, hmac-sha512], clock_skew=300,"
            + " signed_headers=[@request-target, date], validate_request_body=false)",
        config.toString());
    assertEquals(List.of("hmac realm=\"hmac\""), config.challenges());
    assertEquals(List.of(CredentialLocation.header("Authorization")), config.places());
    assertEquals(67_108_864, config.body().most());
    assertEquals(2530, strict.plugin.priority());
    assertEquals("key_id", strict.plugin.attribute());
  }

  @ParameterizedTest
  @CsvSource({
    "clock_skew,0",
    "max_req_body_size,0",
    "allowed_algorithms,md5",
    "signed_headers,a b",
    "replay_capacity,0",
    "signature_format,rfc0",
    "sgined_headers,date"
  })
  void configure_whenASettingIsWrong_isRefused(String name, String value) {
    Object given =
        value.equals("0") ? Long.valueOf(0) : name.endsWith("s") ? List.of(value) : value;
    List<String> mistakes = strict.configured(Map.of(name, given)).problems();
    assertEquals(1, mistakes.size());
    assertTrue(mistakes.get(0).startsWith(name + ": "), mistakes.toString());
  }

  @Test
  void readCredential_takesIdAndSecret() {
    EnrolledCredential form =
        readCredential(Map.of("key_id", "john-key", "secret_key", "s")).valid();
    assertEquals("john-key", form.lookup().reveal());
    assertEquals(Secret.of("s"), form.kept().value("secret_key"));
    assertFalse(form.toString().contains("john-key"));
    assertEquals(
        List.of("key_id: is required", "secret_key: is required"),
        readCredential(Map.of()).problems());
    assertEquals(
        List.of(
            "key_id: must have 1 to 256 characters, had 257",
            "secret_key: must have 1 to 256 characters, had 257"),
        readCredential(Map.of("key_id", "k".repeat(257), "secret_key", "s".repeat(257)))
            .problems());
  }

  private Configured<EnrolledCredential> readCredential(Map<String, Object> settings) {
    return Configured.of(settings, reader -> strict.plugin.readCredential(reader, strict.parts()));
  }

  private void assertTarget(String sent, String signed) {
    FakeRequest request =
        FakeRequest.get(sent)
            .method("PUT")
            .header("Date", DATE)
            .header("Authorization", target("john-key\nPUT " + signed + "\ndate: " + DATE + "\n"));
    assertEquals("john", strict.answer(Map.of(), request));
    assertEquals("john", api7.answer(Map.of(), request));
  }

  private static void assertRow(HmacFixture john, String value, String reason) {
    FakeRequest request = FakeRequest.get("/get").header("Authorization", value);
    assertEquals(GENERIC + "(" + reason + ")", john.answer(Map.of(), request));
  }

  private static void assertRow(HmacFixture john, String value, String reason, String date) {
    FakeRequest request =
        FakeRequest.get("/get").header("Date", date).header("Authorization", value);
    assertEquals(GENERIC + "(" + reason + ")", john.answer(Map.of(), request));
  }

  private static String row(String keyId, String algorithm) {
    return presented(algorithm, "eA==").replace("john-key", keyId);
  }

  private static String presented(String algorithm, String signature) {
    return "Signature keyId=\"john-key\",algorithm=\""
        + algorithm
        + "\",headers=\"@request-target date\",signature=\""
        + signature
        + "\"";
  }

  private static String target(String signed) {
    return authorization("hmac-sha256", "@request-target date", signed);
  }

  private static FakeRequest get(String signature) {
    return FakeRequest.get("/get")
        .header("Date", DATE)
        .header("Authorization", presented("hmac-sha256", signature));
  }

  private static FakeRequest later(String date) {
    return FakeRequest.get("/get")
        .header("Date", date)
        .header("Authorization", target("john-key\nGET /get\ndate: " + date + "\n"));
  }

  private static FakeRequest digested(String digest) {
    return FakeRequest.get("/post")
        .method("POST")
        .header("Date", DATE)
        .header("Digest", digest)
        .header(
            "Authorization",
            authorization(
                "hmac-sha256",
                "@request-target date digest",
                "john-key\nPOST /post\ndate: " + DATE + "\ndigest: " + digest + "\n"));
  }
}
