package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Reply;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The result of reading a request: a signature to verify, or an answer without one. */
sealed interface HmacPresentation {
  /** The message of every refusal of hmac-auth. */
  String GENERIC = "client request can't be validated";

  /** The reply of every refusal whose reason the client does not learn. */
  Reply REFUSED = Reply.message(401, GENERIC);

  /** The answer to a request without a readable signature. */
  record Answer(AuthResult result) implements HmacPresentation {}

  /** A parsed, unverified signature. */
  non-sealed interface Signed extends HmacPresentation {
    /** Returns the key id. */
    String keyId();

    /** Returns the bytes of the signature; empty if they are malformed. */
    byte[] signature();

    /**
     * Verifies the signature with a secret. Returns the problem, or null if the signature is valid.
     */
    @Nullable String problem(SigningKey secret);

    /** Returns the present time, in seconds since 1970. */
    long now();

    /**
     * Returns the last second in which the signature is valid. Called for valid signatures only.
     */
    long last();
  }

  /** Returns the answer to a request without a signature. */
  static HmacPresentation nothing(String header) {
    return new Answer(
        new AuthResult.NoCredential(
            Reply.message(401, GENERIC + ": missing " + header + " header")));
  }

  /** Returns the answer to a malformed signature. */
  static HmacPresentation invalid(String reason) {
    return new Answer(refusal(reason));
  }

  /** Returns a refusal with the general message; the reason is for the log only. */
  static AuthResult refusal(String reason) {
    return new AuthResult.Rejected(REFUSED, reason);
  }

  /** Reads the {@code Authorization: Signature} header of a request. */
  static HmacPresentation inAuthorization(
      GateRequest request, Function<SignatureHeader, HmacPresentation> signed) {
    List<String> values = request.headers("Authorization");
    if (values.isEmpty()) {
      return nothing("Authorization");
    }
    if (values.size() > 1) {
      return invalid("more than one Authorization header");
    }
    if (!SignatureHeader.hasScheme(values.get(0))) {
      String problem = "Authorization header does not start with 'Signature'";
      Reply reply = Reply.message(401, GENERIC + ": " + problem);
      return new Answer(new AuthResult.Rejected(reply, problem));
    }
    @Nullable SignatureHeader header = SignatureHeader.parse(values.get(0));
    if (header == null) {
      return invalid("Authorization header is malformed");
    }
    return header.keyId().isEmpty() || header.signature().isEmpty()
        ? invalid("keyId or signature missing")
        : signed.apply(header);
  }
}
