package dev.gatehouse.internal.auth.hmac;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.spi.plugin.AuthResult;
import java.util.List;
import java.util.Map;

/** Any bytes as signature headers of each format: a refusal, never an exception or a caller. */
public final class SignatureFormatsFuzzer {
  private static final HmacFixture JOHN = new HmacFixture(Profile.API7);
  private static final List<HmacConfig> CONFIGS =
      SignatureFormat.NAMES.stream()
          .map(name -> Map.<String, Object>of("signature_format", name))
          .map(settings -> JOHN.configured(settings).valid())
          .toList();

  private SignatureFormatsFuzzer() {}

  /** Called by the fuzzer with one input; its lines are the values of the headers. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, ISO_8859_1).split("\n", 4);
    String input9421 = lines.length > 1 ? lines[1] : "sig=(\"@method\");keyid=\"john-key\"";
    FakeRequest request =
        FakeRequest.get("/get?a=b")
            .header("Host", "shop.example")
            .header("Date", HmacFixture.DATE)
            .header("Authorization", "Signature keyId=\"john-key\"," + lines[0])
            .header("Signature-Input", input9421)
            .header("Signature", lines.length > 2 ? lines[2] : "sig=:eA==:")
            .header("Content-Digest", lines.length > 3 ? lines[3] : lines[0]);
    for (HmacConfig config : CONFIGS) {
      if (JOHN.plugin.authenticate(config, request, JOHN.lookup)
          instanceof AuthResult.Authenticated) {
        throw new IllegalStateException("a signature was guessed");
      }
    }
    BodyDigest.ofContentDigest(request);
  }
}
