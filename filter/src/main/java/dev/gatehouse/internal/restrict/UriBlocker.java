package dev.gatehouse.internal.restrict;

import com.google.re2j.Pattern;
import dev.gatehouse.internal.http.PercentDecoder;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code uri-blocker}: refuses request targets.
 *
 * <p>APISIX searches the target as sent, so that one escaped letter evades it. This plugin searches
 * the decoded target as well, which is what the application serves.
 */
final class UriBlocker implements ConsumerInterceptor<UriBlocker.Config> {
  private static final String RULES = "block_rules";
  private static final int MAX_RULE_LENGTH = 4096;

  /**
   * The settings.
   *
   * @param blocked expressions of refused targets
   */
  record Config(List<Pattern> blocked, Reply refused) {
    @Override
    public String toString() {
      return "uri-blocker(" + RULES + "=" + blocked + ")";
    }
  }

  @Override
  public String name() {
    return "uri-blocker";
  }

  @Override
  public int priority() {
    return 2900;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    if (!settings.has(RULES)) {
      settings.report(
          RULES,
          ConfigProblem.Code.REQUIRED,
          "is required: a list of at least one expression of RE2");
    }
    // With DOTALL a line feed in a target does not end the search.
    int flags =
        settings.flag("case_insensitive", false)
            ? Pattern.DOTALL | Pattern.CASE_INSENSITIVE
            : Pattern.DOTALL;
    List<String> rules = settings.texts(RULES);
    check(settings, rules);
    List<Pattern> blocked = Patterns.patterns(settings, RULES, rules, flags);
    int code = (int) settings.integer("rejected_code", 200, 599, 403);
    String message = settings.nonEmpty("rejected_msg").orElse(null);
    return new Config(blocked, Reply.errorMessage(code, message));
  }

  private static void check(SettingsReader settings, List<String> rules) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      String rule = rules.get(i);
      if (rule.codePointCount(0, rule.length()) > MAX_RULE_LENGTH) {
        settings.report(RULES + "[" + i + "]", "must have 1 to " + MAX_RULE_LENGTH + " characters");
      }
      if (!seen.add(rule)) {
        settings.report(RULES + "[" + i + "]", "is there twice");
      }
    }
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    GateRequest request = call.request();
    String query = request.rawQuery();
    String sent = target(request.rawPath(), query);
    String decoded = target(request.contextPath() + request.servedPath(), decoded(query));
    return Patterns.findsAny(config.blocked(), sent)
            || (!decoded.equals(sent) && Patterns.findsAny(config.blocked(), decoded))
        ? new Decision.Deny(config.refused(), "blocked target")
        : Decision.ALLOW;
  }

  private static String target(String path, @Nullable String query) {
    return query == null ? path : path + "?" + query;
  }

  /**
   * Returns the query as its most lenient reader decodes it: malformed escapes stay as they are.
   */
  static @Nullable String decoded(@Nullable String query) {
    return query == null || (query.indexOf('%') < 0 && query.indexOf('+') < 0)
        ? query
        : PercentDecoder.lenient(query, PercentDecoder.Plus.BLANK);
  }
}
