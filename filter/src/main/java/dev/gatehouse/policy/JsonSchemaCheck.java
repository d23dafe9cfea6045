package dev.gatehouse.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema, draft 7 unless it says otherwise, that requests are checked against.
 *
 * <p>Nothing is fetched: a reference leads into the schema itself. Its patterns are RE2's, so a
 * client cannot make them slow. The only class that knows the library. Safe for use by several
 * threads.
 */
final class JsonSchemaCheck {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 64;
  private static final int MOST_TEXT = Integer.MAX_VALUE;
  private static final java.util.regex.Pattern HUGE =
      java.util.regex.Pattern.compile("[eE][+-]?[0-9]{4,}$");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(MOST_TEXT)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonSchema schema;

  private JsonSchemaCheck(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws IllegalArgumentException if it is none, and its message says why
   * @throws NoClassDefFoundError if the library is not there
   */
  static JsonSchemaCheck of(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      SpecVersion.VersionFlag version =
          SpecVersionDetector.detectOptionalVersion(node, false).orElse(SpecVersion.VersionFlag.V7);
      Optional<String> wrong = first(metaSchema(version).validate(node));
      if (wrong.isPresent()) {
        throw new IllegalArgumentException(wrong.get());
      }
      JsonSchema schema = factory(version).getSchema(node, config());
      schema.initializeValidators();
      return new JsonSchemaCheck(schema);
    } catch (IOException | RuntimeException e) {
      throw e instanceof IllegalArgumentException known
          ? known
          : new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static JsonSchema metaSchema(SpecVersion.VersionFlag version) {
    return JsonSchemaFactory.getInstance(version)
        .getSchema(SchemaLocation.of(version.getId()), config());
  }

  private static JsonSchemaFactory factory(SpecVersion.VersionFlag version) {
    return JsonSchemaFactory.getInstance(
        version,
        builder ->
            builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
  }

  private static SchemaValidatorsConfig config() {
    return SchemaValidatorsConfig.builder()
        .locale(Locale.ROOT)
        .pathType(PathType.LEGACY)
        .regularExpressionFactory(JsonSchemaCheck::expression)
        .build();
  }

  private static RegularExpression expression(String text) {
    Pattern pattern = Pattern.compile(text);
    return value -> pattern.matcher(value).find();
  }

  /** What is wrong with some members, or null. */
  @Nullable String problem(Map<String, Object> members) {
    return problemOfTree(MAPPER.valueToTree(members));
  }

  /** What is wrong with a body of JSON, or null. */
  @Nullable String problem(ByteBuffer body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(body).toString();
      return isHuge(text)
          ? "the body has a number that is too large"
          : problemOfTree(MAPPER.readTree(text));
    } catch (CharacterCodingException e) {
      return "the body is not UTF-8";
    } catch (JsonProcessingException e) {
      return "the body is not JSON: " + e.getOriginalMessage();
    } catch (IOException e) {
      return "the body is not JSON";
    }
  }

  /** Arithmetic on a number with a large exponent takes as much memory as it says. */
  private static boolean isHuge(String text) throws IOException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && HUGE.matcher(parser.getText()).find()) {
          return true;
        }
        token = parser.nextToken();
      }
      return false;
    }
  }

  /** What is wrong with a body that is a form, or null. */
  @Nullable String problemOfForm(ByteBuffer body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(body).toString();
      Map<String, List<String>> values = new TreeMap<>();
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        if (!pair.isEmpty()) {
          values
              .computeIfAbsent(name, absent -> new ArrayList<>())
              .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
      }
      Map<String, Object> members = new TreeMap<>();
      values.forEach((name, all) -> members.put(name, all.size() == 1 ? all.get(0) : all));
      return problem(members);
    } catch (CharacterCodingException e) {
      return "the body is not UTF-8";
    } catch (IllegalArgumentException e) {
      return "the form has a malformed escape";
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private @Nullable String problemOfTree(@Nullable JsonNode node) {
    return node == null || node.isMissingNode()
        ? "the body is empty"
        : first(schema.validate(node)).orElse(null);
  }

  /** The first in the order of their texts, so that the same request is told the same. */
  private static Optional<String> first(Set<ValidationMessage> found) {
    return found.stream().map(ValidationMessage::getMessage).sorted().findFirst();
  }
}
