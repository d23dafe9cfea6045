package dev.gatehouse.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.gatehouse.ConfigProblems;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads configuration text, JSON or YAML, into a tree of {@link String}, {@link Boolean}, {@link
 * Long}, {@link java.math.BigDecimal}, {@link java.util.List} and {@link Map}.
 *
 * <p>Strict (security A3): one document, an object at its root, no member twice, no null, no YAML
 * alias, anchor or tag, everything bounded. Whatever the text is, the answer is a tree or a
 * mistake, never an exception, and a mistake tells line and column but never quotes a value.
 */
final class ConfigText {
  private static final int LONGEST_JSON = 1 << 20;
  private static final int LONGEST_YAML = 1 << 23;

  /** Wider than the tree's own bounds, which are the ones that are reported. */
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(2 * TextTree.DEEPEST)
          .maxStringLength(LONGEST_YAML)
          .build();

  /** Recycled buffers would stay behind in thread-locals when the application is undeployed. */
  private static final Format JSON =
      new Format(
          "JSON",
          JsonFactory.builder()
              .streamReadConstraints(BOUNDS)
              .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .build(),
          LONGEST_JSON);

  private static final Format LARGE_JSON = new Format("JSON", JSON.factory, LONGEST_YAML);

  private static final Format YAML =
      new Format(
          "YAML",
          YAMLFactory.builder()
              .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
              .loaderOptions(yamlBounds())
              .streamReadConstraints(BOUNDS)
              .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .build(),
          LONGEST_YAML);

  private ConfigText() {}

  private record Format(String name, JsonFactory factory, int longest) {}

  /**
   * Reads a JSON object.
   *
   * @param name how the text is called; the paths of its members begin with it
   */
  static Optional<Map<String, Object>> json(String name, String text, ConfigProblems mistakes) {
    return read(JSON, new TextTree.Origin(name, name, false), text, mistakes);
  }

  /**
   * Reads a file of another product, JSON or YAML, as {@link #yaml} does; members that are null
   * count as not given, and there are at most {@link TextTree#MAX_VALUES} values.
   */
  static Optional<Map<String, Object>> imported(
      String file, String text, boolean yaml, ConfigProblems mistakes) {
    return read(yaml ? YAML : LARGE_JSON, new TextTree.Origin(file, "", true), text, mistakes);
  }

  /**
   * Reads a YAML document that is a mapping.
   *
   * @param file how the text is called; the paths of its members do not begin with it
   */
  static Optional<Map<String, Object>> yaml(String file, String text, ConfigProblems mistakes) {
    return read(YAML, new TextTree.Origin(file, "", false), text, mistakes);
  }

  private static Optional<Map<String, Object>> read(
      Format format, TextTree.Origin origin, String text, ConfigProblems mistakes) {
    if (text.length() > format.longest) {
      mistakes.add(origin.source(), "must have at most " + format.longest + " characters");
      return Optional.empty();
    }
    try (JsonParser parser = format.factory.createParser(text)) {
      return tree(format, parser, origin, mistakes);
    } catch (IOException | RuntimeException e) {
      mistakes.add(origin.source(), "is not valid " + format.name);
      return Optional.empty();
    }
  }

  /** The libraries' own messages quote the text, and snakeyaml throws what it likes. */
  private static Optional<Map<String, Object>> tree(
      Format format, JsonParser parser, TextTree.Origin origin, ConfigProblems mistakes) {
    TextTree tree = new TextTree(parser, origin, mistakes);
    try {
      return Optional.of(tree.root());
    } catch (TextTree.Unreadable e) {
      mistakes.add(origin.source(), e.problem());
    } catch (IOException | RuntimeException e) {
      mistakes.add(origin.source(), "is not valid " + format.name + place(tree, e));
    }
    return Optional.empty();
  }

  private static String place(TextTree tree, Exception e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      return tree.place(mark.getLine() + 1, mark.getColumn() + 1)
          + YamlProblem.of(marked.getProblem() + " " + marked.getContext());
    }
    @Nullable JsonLocation at = e instanceof JsonProcessingException bad ? bad.getLocation() : null;
    return at == null || at.getLineNr() < 1
        ? tree.place()
        : tree.place(at.getLineNr(), at.getColumnNr());
  }

  private static LoaderOptions yamlBounds() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST_YAML);
    options.setNestingDepthLimit(2 * TextTree.DEEPEST);
    options.setMaxAliasesForCollections(0);
    options.setProcessComments(false);
    return options;
  }
}
