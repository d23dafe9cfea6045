package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A format of signatures in requests: the setting {@code signature_format}.
 *
 * <p>Immutable and safe for use by several threads.
 */
interface SignatureFormat {
  /** The names of all formats, the default first. */
  List<String> NAMES = List.of("apisix", "cavage", "rfc9421");

  /** Returns the format of one of the {@link #NAMES}. */
  static SignatureFormat named(String name) {
    return switch (name) {
      case "cavage" -> new CavageFormat();
      case "rfc9421" -> new Rfc9421Format();
      default -> new ApisixFormat();
    };
  }

  /** Reads the signature of a request. */
  HmacPresentation read(HmacConfig config, GateRequest request);

  /** Returns the location of the signature in the request. */
  List<CredentialLocation> places();

  /** Returns the supported algorithms. */
  List<String> algorithms();

  /** Returns the algorithms that are allowed by default. */
  List<String> algorithms(Profile profile);

  /** Returns the names that must be signed by default. */
  List<String> signedHeaders(Profile profile);

  /**
   * Returns the names that must be signed in any case.
   *
   * @param body whether the body is validated
   * @param once whether a signature is accepted only once
   */
  List<String> mustSign(Profile profile, boolean body, boolean once);

  /** Returns whether a non-empty name can be signed. */
  boolean isName(String name);

  /** Returns the digests of the body that the request states, or null if absent or malformed. */
  @Nullable BodyDigest digest(GateRequest request);
}
