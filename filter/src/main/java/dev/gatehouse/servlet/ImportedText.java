package dev.gatehouse.servlet;

import dev.gatehouse.Mistake;
import dev.gatehouse.Mistakes;
import dev.gatehouse.spi.Administration.Imported;
import dev.gatehouse.spi.ConsumerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the Consumers of a file that somebody sends.
 *
 * @param reading what plugins there are
 * @param groups whether there is a group of an id
 */
record ImportedText(Reading reading, Predicate<String> groups) {
  private static final String CONSUMERS = "consumers";

  Imported read(String text, boolean yaml, Mistakes mistakes) {
    Optional<Map<String, Object>> tree =
        yaml
            ? ConfigText.yaml("the file", text, mistakes)
            : ConfigText.document("the file", text, mistakes);
    Map<String, Object> rest = new LinkedHashMap<>(tree.orElse(Map.of()));
    Object consumers = rest.remove(CONSUMERS);
    if (tree.isPresent() && consumers == null) {
      mistakes.add(CONSUMERS, "is required");
    }
    ImportShape shape = new ImportShape(mistakes);
    List<Object> ours = new ArrayList<>();
    List<Map<String, Object>> given = ConsumerReader.objects(CONSUMERS, consumers, mistakes);
    given.forEach(one -> ours.add(shape.ofConsumer(CONSUMERS + "[" + ours.size() + "]", one)));
    List<Mistake> unusable = new ArrayList<>();
    List<ConsumerEntry> entries =
        new ConsumerReader(reading, mistakes, unusable, groups).read(ours);
    unusable.forEach(one -> mistakes.add(one.path(), one.problem()));
    return new Imported(entries, List.copyOf(rest.keySet()));
  }
}
