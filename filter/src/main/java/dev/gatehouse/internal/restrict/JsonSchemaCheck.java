package dev.gatehouse.internal.restrict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
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
import com.networknt.schema.serialization.JsonNodeReader;
import dev.gatehouse.internal.http.PercentDecoder;
import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.JsonException;
import dev.gatehouse.internal.json.NumberForm;
import dev.gatehouse.internal.json.StrictJson;
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
 * A JSON Schema for requests; draft 7 unless {@code $schema} names another one.
 *
 * <p>A schema may refer to itself only; nothing is fetched. Patterns are those of RE2, which take
 * linear time for any input. Safe for use by several threads.
 */
final class JsonSchemaCheck {
  private static final StrictJson JSON =
      StrictJson.json(Bounds.ofDepth(64).with(new NumberForm(64, 64, 3, 19)));

  /** Creates the library's trees; without thread-local buffers. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final JsonNodeReader READER = JsonNodeReader.builder().jsonMapper(MAPPER).build();

  private final JsonSchema schema;

  private JsonSchemaCheck(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Parses a schema.
   *
   * @throws IllegalArgumentException if the schema is invalid; the message is the reason
   * @throws NoClassDefFoundError if the library is not on the class path
   */
  static JsonSchemaCheck of(String json) {
    try {
      JsonNode node = MAPPER.valueToTree(JSON.value(json));
      SpecVersion.VersionFlag version =
          SpecVersionDetector.detectOptionalVersion(node, false).orElse(SpecVersion.VersionFlag.V7);
      Optional<String> wrong = first(metaSchema(version).validate(node));
      if (wrong.isPresent()) {
        throw new IllegalArgumentException(wrong.get());
      }
      JsonSchema schema = factory(version).getSchema(node, config());
      schema.initializeValidators();
      return new JsonSchemaCheck(schema);
    } catch (JsonException | RuntimeException e) {
      throw e instanceof IllegalArgumentException known
          ? known
          : new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static JsonSchema metaSchema(SpecVersion.VersionFlag version) {
    return JsonSchemaFactory.getInstance(version, builder -> builder.jsonNodeReader(READER))
        .getSchema(SchemaLocation.of(version.getId()), config());
  }

  private static JsonSchemaFactory factory(SpecVersion.VersionFlag version) {
    return JsonSchemaFactory.getInstance(
        version,
        builder ->
            builder
                .jsonNodeReader(READER)
                .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
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

  /** Returns the problem of a value, or null. */
  @Nullable String problem(@Nullable Object value) {
    return first(schema.validate(MAPPER.valueToTree(value))).orElse(null);
  }

  /** Returns the problem of a JSON body, or null. */
  @Nullable String problemOfJson(ByteBuffer body) {
    try {
      String text = StrictJson.text(body);
      return text.isBlank() ? "the body is empty" : problem(JSON.value(text));
    } catch (JsonException e) {
      return switch (e.reason()) {
        case ENCODING -> "the body is not UTF-8";
        case NUMBER -> "the body has a number that is too large";
        case DUPLICATE, SIZE, TEXT -> "the body is not JSON: " + e.getMessage();
      };
    }
  }

  /** Returns the problem of a form body, or null. */
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
    byte[] bytes = PercentDecoder.bytes(text, PercentDecoder.Plus.BLANK);
    if (bytes == null) {
      throw new IllegalArgumentException("malformed escape");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the first problem in the order of their texts, so that the answer is deterministic. */
  private static Optional<String> first(Set<ValidationMessage> found) {
    return found.stream().map(ValidationMessage::getMessage).sorted().findFirst();
  }
}
