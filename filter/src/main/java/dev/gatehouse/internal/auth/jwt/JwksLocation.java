package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The location of the public keys of a Credential of {@code jwt-auth}: the settings {@code
 * jwks_uri} and {@code jwks_file}.
 *
 * <p>Only the Credential names the location; members of a token such as {@code jku} are ignored.
 * Plain HTTP is allowed for this machine only, because an attacker on the network could replace the
 * keys.
 *
 * @param algorithm the algorithm of the keys
 * @param place {@code file:}, {@code https:}, or {@code http:} on this machine
 * @param maxAge seconds after which the keys are read again
 */
record JwksLocation(JwtAlgorithm algorithm, URI place, long maxAge) {
  /** The names of the settings. */
  static final String URI_SETTING = "jwks_uri";

  static final String FILE_SETTING = "jwks_file";
  static final String AGE_SETTING = "jwks_max_age";

  private static final int MAX_BYTES = 1 << 18;
  private static final int OK = 200;
  private static final long DAY = 86_400;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Reads the settings. Returns empty if there are none, or if they have problems. */
  static Optional<JwksLocation> read(SettingsReader settings, JwtAlgorithm algorithm) {
    long maxAge = settings.integer(AGE_SETTING, 1, DAY, 600);
    Optional<String> uri = settings.nonEmpty(URI_SETTING);
    Optional<String> file = settings.nonEmpty(FILE_SETTING);
    if (uri.isPresent() && file.isPresent()) {
      settings.report(FILE_SETTING, "must not be combined with " + URI_SETTING);
      return Optional.empty();
    }
    Optional<URI> place = uri.flatMap(text -> remote(settings, text));
    if (file.isPresent()) {
      place = local(settings, file.get());
    }
    return place.map(found -> new JwksLocation(algorithm, found, maxAge));
  }

  private static Optional<URI> remote(SettingsReader settings, String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      boolean secure = "https".equals(uri.getScheme());
      boolean near = "http".equals(uri.getScheme()) && host != null && THIS_MACHINE.contains(host);
      if (host != null && uri.getUserInfo() == null && (secure || near)) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    settings.report(
        URI_SETTING, "must be an https URI without user information (http on this machine only)");
    return Optional.empty();
  }

  private static Optional<URI> local(SettingsReader settings, String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return Optional.of(path.toUri());
      }
    } catch (InvalidPathException e) {
      // reported below
    }
    settings.report(FILE_SETTING, "must be an absolute path");
    return Optional.empty();
  }

  /**
   * The problem of an unusable file. It contains neither the reason nor the content of the file.
   */
  String unusable() {
    return "must be a readable regular file of at most 256 KiB: a JWK Set with a key for "
        + algorithm.id();
  }

  /** Returns the location for a log, without the query, which may contain a secret. */
  @Override
  public String toString() {
    return isLocal()
        ? place.getPath()
        : place.getScheme() + "://" + place.getRawAuthority() + place.getRawPath();
  }

  /** Returns whether the keys are in a file. */
  boolean isLocal() {
    return "file".equals(place.getScheme());
  }

  /**
   * Reads the bytes. Redirects are not followed.
   *
   * @param patience the timeouts
   * @throws IOException if the content is missing, too large or late
   */
  byte[] bytes(Patience patience) throws IOException {
    if (isLocal()) {
      Path file = Path.of(place);
      if (!Files.isRegularFile(file)) {
        throw new IOException("not a regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return bounded(in, patience);
      }
    }
    HttpURLConnection connection = (HttpURLConnection) place.toURL().openConnection();
    try {
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(patience.millis());
      connection.setReadTimeout(patience.millis());
      connection.setUseCaches(false);
      connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
      int status = connection.getResponseCode();
      if (status != OK) {
        throw new IOException("status " + status);
      }
      try (InputStream in = connection.getInputStream()) {
        return bounded(in, patience);
      }
    } finally {
      connection.disconnect();
    }
  }

  /** The deadline also ends a response that arrives byte by byte. */
  private static byte[] bounded(InputStream in, Patience patience) throws IOException {
    byte[] bytes = new byte[MAX_BYTES + 1];
    int length = 0;
    int more = in.read(bytes, 0, bytes.length);
    while (more > 0) {
      length += more;
      if (length > MAX_BYTES || patience.isOver()) {
        throw new IOException(length > MAX_BYTES ? "more than 256 KiB" : "too slow");
      }
      more = in.read(bytes, length, bytes.length - length);
    }
    return Arrays.copyOf(bytes, length);
  }

  /**
   * The timeouts of a read.
   *
   * @param ticker a monotonic clock
   * @param end the deadline, in milliseconds of the ticker
   * @param millis the timeout of one step, in milliseconds; at least 1
   */
  record Patience(InstantSource ticker, long end, int millis) {
    static Patience of(InstantSource ticker, int millis) {
      return new Patience(ticker, ticker.millis() + 2L * millis, millis);
    }

    boolean isOver() {
      return ticker.millis() > end;
    }
  }
}
