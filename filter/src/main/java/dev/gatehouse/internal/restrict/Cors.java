package dev.gatehouse.internal.restrict;

import com.google.re2j.Pattern;
import dev.gatehouse.Profile;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code cors}: the origins whose pages may call and read answers.
 *
 * <p>It runs before authentication, because a browser sends a preflight without credentials. A
 * preflight is a request with the method {@code OPTIONS}, one {@code Origin} and one {@code
 * Access-Control-Request-Method} (Fetch standard, section 3.3.2). This plugin answers it, or with
 * {@code preflight_continue} leaves it to the application's own CORS filter. No other request skips
 * authentication. Refusals carry the headers too, so that scripts can read them.
 */
final class Cors implements RequestGuard<Cors.Config> {
  private static final String ALL_METHODS = "GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,CONNECT,TRACE";
  private static final long MAX_SECONDS = Integer.MAX_VALUE;

  /**
   * The settings.
   *
   * @param origins the origins that may read answers
   * @param timing the origins that may read timings, or null
   * @param headers the headers that do not depend on the request
   * @param anyHeaders whether all request headers are allowed
   * @param preflight the handling of {@code OPTIONS}
   */
  record Config(
      Origins origins,
      @Nullable Origins timing,
      List<Header> headers,
      boolean anyHeaders,
      Preflight preflight) {
    @Override
    public String toString() {
      return "cors(" + origins + ")";
    }
  }

  /** The handling of requests with the method {@code OPTIONS}. */
  enum Preflight {
    /** A preflight is answered; other requests are authenticated. */
    ANSWERED,
    /** Every {@code OPTIONS} request is answered, as in APISIX. */
    ALL_OPTIONS_ANSWERED,
    /** A preflight is passed to the application. */
    CONTINUES
  }

  @Override
  public String name() {
    return "cors";
  }

  @Override
  public int priority() {
    return 4000;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    boolean credential = settings.flag("allow_credential", false);
    Origins origins = Origins.read(settings, "allow_origins", credential ? parts.profile() : null);
    settings.refuse(
        "allow_origins_by_metadata", "is not available: name the origins in allow_origins");
    boolean timed =
        settings.has("timing_allow_origins") || settings.has("timing_allow_origins_by_regex");
    Origins timing = timed ? Origins.read(settings, "timing_allow_origins", null) : null;
    String methods = list(settings, "allow_methods", "*", credential);
    String allowed = list(settings, "allow_headers", "*", credential);
    String exposed = list(settings, "expose_headers", "", credential);
    List<Header> headers = new ArrayList<>();
    headers.add(
        new Header("Access-Control-Allow-Methods", methods.equals("**") ? ALL_METHODS : methods));
    headers.add(
        new Header(
            "Access-Control-Max-Age",
            Long.toString(settings.integer("max_age", -1, MAX_SECONDS, 5))));
    if (!exposed.isEmpty()) {
      headers.add(new Header("Access-Control-Expose-Headers", exposed));
    }
    boolean any = allowed.equals("**");
    if (!any) {
      headers.add(new Header("Access-Control-Allow-Headers", allowed));
    }
    if (credential) {
      headers.add(new Header("Access-Control-Allow-Credentials", "true"));
    }
    return new Config(origins, timing, headers, any, preflight(settings, parts.profile()));
  }

  private static Preflight preflight(SettingsReader settings, Profile profile) {
    if (settings.flag("preflight_continue", false)) {
      return Preflight.CONTINUES;
    }
    return profile.corsAnswersAllOptions() ? Preflight.ALL_OPTIONS_ANSWERED : Preflight.ANSWERED;
  }

  /** A comma-separated list of names, or a star. */
  private static String list(
      SettingsReader settings, String name, String fallback, boolean credential) {
    String text = settings.text(name, fallback);
    if (!text.isEmpty()
        && !text.matches("\\*{1,2}|[!#-'*+.^-z|~\\w-]+( *, *[!#-'*+.^-z|~\\w-]+)*")) {
      settings.report(name, "must be names with commas between them, or *, or **");
      return "*";
    }
    if (credential && text.equals("*")) {
      settings.report(name, "you can not set '*' for other option when 'allow_credential' is true");
    }
    return text;
  }

  @Override
  public Outcome guard(Config config, GateRequest request) {
    boolean options = request.method().equals("OPTIONS");
    boolean preflight = options && isPreflight(request);
    if (preflight && config.preflight() == Preflight.CONTINUES) {
      return new Outcome.Release();
    }
    List<Header> headers = headers(config, request);
    if (preflight || (options && config.preflight() == Preflight.ALL_OPTIONS_ANSWERED)) {
      return new Outcome.Answer(Reply.errorMessage(200, null).with(headers));
    }
    return new Outcome.Proceed(
        config.preflight() == Preflight.CONTINUES ? List.of() : headers, headers);
  }

  private static boolean isPreflight(GateRequest request) {
    List<String> origin = request.headers("Origin");
    List<String> method = request.headers("Access-Control-Request-Method");
    return origin.size() == 1
        && !origin.get(0).isEmpty()
        && method.size() == 1
        && !method.get(0).isEmpty();
  }

  private static List<Header> headers(Config config, GateRequest request) {
    List<Header> headers = new ArrayList<>();
    String allowed = config.origins().allowed(request);
    if (allowed != null) {
      headers.add(new Header("Access-Control-Allow-Origin", allowed));
      headers.addAll(config.headers());
      String asked = request.header("Access-Control-Request-Headers");
      if (config.anyHeaders() && asked != null && Header.isValue(asked)) {
        headers.add(new Header("Access-Control-Allow-Headers", asked));
      }
    }
    Origins timing = config.timing();
    String timed = timing == null ? null : timing.allowed(request);
    if (timed != null) {
      headers.add(new Header("Timing-Allow-Origin", timed));
    }
    if (config.origins().vary() || (timing != null && timing.vary())) {
      headers.add(new Header("Vary", "Origin"));
    }
    return headers;
  }

  /**
   * Origins.
   *
   * @param texts the origins, a star, or two stars
   * @param patterns expressions, one of which must match the whole origin; not empty if there are
   *     no texts
   */
  record Origins(List<String> texts, List<Pattern> patterns) {
    private static final String ORIGIN = "[A-Za-z][A-Za-z0-9+.-]*://[^,\\s/?#@\\\\]+";
    private static final Pattern SERIALIZED = Pattern.compile("null|" + ORIGIN);

    /**
     * Reads the setting of a name, and the one with the suffix {@code _by_regex}.
     *
     * @param credentialed the profile, if callers may send credentials
     */
    static Origins read(SettingsReader settings, String name, @Nullable Profile credentialed) {
      String regex = name + "_by_regex";
      String text = settings.text(name, settings.has(regex) ? "null" : "*");
      List<String> origins = List.of(text.split(",", -1));
      if (!text.matches("\\*{1,2}|null|" + ORIGIN + "(," + ORIGIN + ")*")) {
        settings.report(
            name, "must be origins as https://example.org:8443 with commas between them, or *");
      }
      if (!settings.has(regex) && credentialed != null) {
        refuseAny(settings, name, text, credentialed);
      }
      List<Pattern> patterns =
          settings.has(regex)
              ? Patterns.patterns(settings, regex, settings.texts(regex), 0)
              : List.of();
      return new Origins(patterns.isEmpty() ? origins : List.of(), patterns);
    }

    private static void refuseAny(
        SettingsReader settings, String name, String text, Profile profile) {
      if (text.equals("*")) {
        settings.report(
            name, "you can not set '*' for other option when 'allow_credential' is true");
      } else if (profile.corsRefusesAnyOriginWithCredentials()
          && (text.equals("**") || text.equals("null"))) {
        settings.report(
            name,
            "must name origins when allow_credential is true: any page could use a caller's"
                + " credentials");
      }
    }

    /** Returns whether the answer depends on the request's origin, or names a single one. */
    boolean vary() {
      return !texts.equals(List.of("*"));
    }

    /** Returns the header's value for this request, or null if its origin is not allowed. */
    @Nullable String allowed(GateRequest request) {
      List<String> sent = request.headers("Origin");
      String origin = sent.size() == 1 && SERIALIZED.matches(sent.get(0)) ? sent.get(0) : null;
      if (!patterns.isEmpty()) {
        return origin != null && patterns.stream().anyMatch(one -> one.matches(origin))
            ? origin
            : null;
      }
      if (texts.equals(List.of("**"))) {
        return origin == null ? "*" : origin;
      }
      if (texts.size() == 1) {
        return texts.get(0);
      }
      return origin != null && texts.contains(origin) ? origin : null;
    }
  }
}
