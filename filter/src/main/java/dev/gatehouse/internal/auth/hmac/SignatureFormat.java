package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which clients write a signature into a request: the setting {@code signature_format}.
 *
 * <p>Immutable and safe for use by several threads.
 */
interface SignatureFormat {
  /** The names of all, the default first. */
  List<String> NAMES = List.of("apisix", "cavage", "rfc9421");

  /** The format of one of the {@link #NAMES}. */
  static SignatureFormat named(String name) {
    return switch (name) {
      case "cavage" -> new CavageFormat();
      case "rfc9421" -> new Rfc9421Format();
      default -> new ApisixFormat();
    };
  }

  /** What a request presents. */
  HmacPresentation read(HmacConfig config, GateRequest request);

  /** Where the signature stands. */
  List<CredentialLocation> places();

  /** The algorithms that can be allowed. */
  List<String> algorithms();

  /** The algorithms that are allowed when nothing is said. */
  List<String> algorithms(Profile profile);

  /** What must be signed when nothing is said. */
  List<String> signedHeaders(Profile profile);

  /**
   * What must be signed whatever is said.
   *
   * @param body whether the body is validated
   * @param once whether a signature is accepted only once
   */
  List<String> mustSign(Profile profile, boolean body, boolean once);

  /** Whether a name of at least one character can be signed. */
  boolean isName(String name);

  /** What the request says about its body, or null when that is absent or cannot be read. */
  @Nullable BodyDigest digest(GateRequest request);
}
