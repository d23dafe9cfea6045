package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Reply;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request presents to hmac-auth: a signature to be judged, or an answer without one. */
sealed interface HmacPresentation {
  /** What every refusal of hmac-auth says to the client, and begins with. */
  String GENERIC = "client request can't be validated";

  /** The answer to a request that presents no signature, or none that can be read. */
  record Answer(AuthResult result) implements HmacPresentation {}

  /** A signature that was read and not yet judged. */
  non-sealed interface Signed extends HmacPresentation {
    /** Whose secret it claims to be made with. */
    String keyId();

    /** Its bytes; none when they cannot be read. */
    byte[] signature();

    /** Why it is refused under a secret, or null when it is right. */
    @Nullable String problem(SigningKey secret);

    /** The second in which it is judged. */
    long now();

    /** The last second at which it could be accepted; asked only when it was found right. */
    long last();
  }

  /** Nothing of the kind stands in the request. */
  static HmacPresentation nothing(String header) {
    return new Answer(
        new AuthResult.NoCredential(
            Reply.message(401, GENERIC + ": missing " + header + " header")));
  }

  /** Something stands there and is refused without a look at any secret. */
  static HmacPresentation invalid(String reason) {
    return new Answer(refusal(reason));
  }

  /** The refusal that says to the client no more than that. */
  static AuthResult refusal(String reason) {
    return new AuthResult.Rejected(Reply.message(401, GENERIC), reason);
  }

  /** Reads the one {@code Authorization: Signature} header of a request. */
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
