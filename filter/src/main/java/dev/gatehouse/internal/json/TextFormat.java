package dev.gatehouse.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A language of trees, JSON or YAML.
 *
 * @param name its name in messages
 * @param factory makes its parsers
 */
record TextFormat(String name, JsonFactory factory) {
  static TextFormat json(Bounds bounds) {
    return new TextFormat(
        "JSON",
        bounded(new JsonFactoryBuilder(), bounds)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());
  }

  static TextFormat yaml(Bounds bounds) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(bounds.length());
    options.setNestingDepthLimit(2 * bounds.depth());
    options.setMaxAliasesForCollections(0);
    options.setProcessComments(false);
    return new TextFormat(
        "YAML",
        bounded(
                YAMLFactory.builder()
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .loaderOptions(options),
                bounds)
            .build());
  }

  /**
   * The limits of depth are wider than the bounds, which are the ones that are reported. The
   * default pool of buffers is in thread-locals, where it stays after an undeployment.
   */
  private static <F extends JsonFactory, B extends TSFBuilder<F, B>> B bounded(
      B builder, Bounds bounds) {
    return builder
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(2 * bounds.depth())
                .maxStringLength(bounds.length())
                .build())
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
  }

  /** An alias can multiply a small text into a huge tree, and a tag can change what a value is. */
  static boolean isBeyondJson(JsonParser parser) throws IOException {
    return parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null);
  }

  /** Returns an error of syntax, whatever the libraries throw. */
  JsonException invalid(Exception e, JsonException.Place last) {
    String problem = "is not valid " + name;
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      JsonException.Place at = new JsonException.Place(mark.getLine() + 1, mark.getColumn() + 1);
      String words = marked.getProblem() + " " + marked.getContext();
      return new JsonException(problem, at, YamlProblem.of(words), problem);
    }
    if (!(e instanceof JsonProcessingException known)) {
      return new JsonException(problem, last, "", problem);
    }
    @Nullable JsonLocation at = known.getLocation();
    return new JsonException(
        problem,
        at == null || at.getLineNr() < 1
            ? last
            : new JsonException.Place(at.getLineNr(), at.getColumnNr()),
        "",
        known.getOriginalMessage());
  }
}
