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
 * Where a Credential of {@code jwt-auth} has its public keys: the settings {@code jwks_uri} and
 * {@code jwks_file}.
 *
 * <p>It is the Credential that names the place; nothing in a token ever does (security J4). Plain
 * HTTP is for this machine only, because whoever can change the answer can make tokens.
 *
 * @param algorithm what the keys are for
 * @param place {@code file:}, {@code https:}, or {@code http:} on this machine
 * @param maxAge seconds after which the keys are read again
 */
record JwksLocation(JwtAlgorithm algorithm, URI place, long maxAge) {
  /** The names of the settings that say where. */
  static final String URI_SETTING = "jwks_uri";

  static final String FILE_SETTING = "jwks_file";
  static final String AGE_SETTING = "jwks_max_age";

  private static final int MAX_BYTES = 1 << 18;
  private static final int OK = 200;
  private static final long DAY = 86_400;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Reads the settings; empty when none of them is given or something is wrong with them. */
  static Optional<JwksLocation> read(SettingsReader settings, JwtAlgorithm algorithm) {
    long maxAge = settings.integer(AGE_SETTING, 1, DAY, 600);
    Optional<String> uri = settings.nonEmpty(URI_SETTING);
    Optional<String> file = settings.nonEmpty(FILE_SETTING);
    if (uri.isPresent() && file.isPresent()) {
      settings.mistake(FILE_SETTING, "must not stand beside " + URI_SETTING);
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
    settings.mistake(
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
    settings.mistake(FILE_SETTING, "must be an absolute path");
    return Optional.empty();
  }

  /** The mistake of a file that cannot be used. It does not say why, or what is in the file. */
  String unusable() {
    return "must be a readable regular file of at most 256 KiB: a JWK Set with a key for "
        + algorithm.id();
  }

  /** The place for a log, without a query, which may hold a key to it. */
  @Override
  public String toString() {
    return isLocal()
        ? place.getPath()
        : place.getScheme() + "://" + place.getRawAuthority() + place.getRawPath();
  }

  /** Whether the keys are in a file. */
  boolean isLocal() {
    return "file".equals(place.getScheme());
  }

  /**
   * Reads the bytes, and follows no redirect.
   *
   * @param patience how long it may take
   * @throws IOException if they are not there, too many, or do not come in time
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

  /** A sender that is slow, byte by byte, is given up too. */
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
   * How long reading may take.
   *
   * @param ticker tells the time
   * @param end milliseconds of the ticker at which it is over
   * @param millis for one step, 1 or more
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
