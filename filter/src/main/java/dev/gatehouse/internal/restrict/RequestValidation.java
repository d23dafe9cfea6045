package dev.gatehouse.internal.restrict;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestBody;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code request-validation}: headers and body must match JSON Schemas.
 *
 * <p>The body is JSON, or a form by its content type. It is read completely and replayed to the
 * application. A body that two parsers could read differently (duplicate members, another encoding
 * than UTF-8, text after the end) is refused, where APISIX rewrites it.
 */
final class RequestValidation implements ConsumerInterceptor<RequestValidation.Config> {
  private static final String LIBRARY =
      "needs com.networknt:json-schema-validator 1.5 in the application";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final long DEFAULT_SIZE = 67_108_864;
  private static final int MAX_LENGTH = 256;

  /**
   * The settings.
   *
   * @param headers the schema of the headers, if any
   * @param body the schema of the body, if any
   * @param most the maximum size of a body, in bytes
   * @param code the status of a refusal
   * @param message the message of a refusal, or empty for the schema's problem
   */
  record Config(
      Optional<JsonSchemaCheck> headers,
      Optional<JsonSchemaCheck> body,
      long most,
      int code,
      Optional<String> message) {
    @Override
    public String toString() {
      return "request-validation(headers=%s, body=%s)"
          .formatted(headers.isPresent(), body.isPresent());
    }
  }

  @Override
  public String name() {
    return "request-validation";
  }

  @Override
  public int priority() {
    return 2800;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    if (!settings.has("header_schema") && !settings.has("body_schema")) {
      settings.report(
          "header_schema",
          ConfigProblem.Code.REQUIRED,
          "is required: a JSON Schema, unless body_schema is given");
    }
    Optional<String> message = settings.nonEmpty("rejected_msg");
    if (message.filter(text -> text.codePointCount(0, text.length()) > MAX_LENGTH).isPresent()) {
      settings.report("rejected_msg", "must have 1 to " + MAX_LENGTH + " characters");
    }
    return new Config(
        schema(settings, "header_schema"),
        schema(settings, "body_schema"),
        settings.integer("max_req_body_size", 1, RequestBody.MAX, DEFAULT_SIZE),
        (int) settings.integer("rejected_code", 200, 599, 400),
        message);
  }

  private static Optional<JsonSchemaCheck> schema(SettingsReader settings, String name) {
    Optional<String> json = settings.json(name);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonSchemaCheck.of(json.get()));
    } catch (NoClassDefFoundError absent) {
      settings.report(name, LIBRARY);
    } catch (IllegalArgumentException e) {
      settings.report(name, "must be a JSON Schema: " + e.getMessage());
    }
    return Optional.empty();
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    GateRequest request = call.request();
    if (request.headers("Content-Type").size() > 1) {
      return refused(config, "more than one Content-Type");
    }
    if (config.headers().isPresent()) {
      String problem = config.headers().get().problem(headers(request));
      if (problem != null) {
        return refused(config, problem);
      }
    }
    return config.body().isPresent() ? body(config, config.body().get(), request) : Decision.ALLOW;
  }

  /**
   * Returns headers by lower-case name. A repeated header is a list, which matches no text schema.
   */
  private static Map<String, Object> headers(GateRequest request) {
    Map<String, Object> headers = new TreeMap<>();
    for (String name : request.headerNames()) {
      List<String> values = request.headers(name);
      headers.put(
          name.toLowerCase(Locale.ROOT), values.size() == 1 ? values.get(0) : List.copyOf(values));
    }
    return headers;
  }

  private static Decision body(Config config, JsonSchemaCheck schema, GateRequest request) {
    RequestBody body = request.body(config.most());
    if (body instanceof RequestBody.Missing missing) {
      return new Decision.Deny(Reply.message(408, "request body did not arrive"), missing.reason());
    }
    if (!(body instanceof RequestBody.Whole whole)) {
      return refused(config, "the body is larger than " + config.most() + " bytes");
    }
    String type = request.header("Content-Type");
    boolean form = type != null && type.toLowerCase(Locale.ROOT).strip().startsWith(FORM);
    String problem =
        form ? schema.problemOfForm(whole.bytes()) : schema.problemOfJson(whole.bytes());
    return problem == null ? Decision.ALLOW : refused(config, problem);
  }

  private static Decision refused(Config config, @Nullable String problem) {
    String told = config.message().orElse(String.valueOf(problem));
    String text = told.length() > MAX_LENGTH ? told.substring(0, MAX_LENGTH) : told;
    return new Decision.Deny(
        Reply.errorMessage(config.code(), null)
            .with(new Reply.Content("text/plain;charset=UTF-8", text)),
        "the request does not fit its schema");
  }
}
