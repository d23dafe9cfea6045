package dev.gatehouse.servlet;

import dev.gatehouse.Mistake;
import dev.gatehouse.Mistakes;
import dev.gatehouse.spi.Administration.Document;
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

  Imported read(Document document, Mistakes mistakes) {
    Optional<Map<String, Object>> tree =
        document.yaml()
            ? ConfigText.yaml("the file", document.text(), mistakes)
            : ConfigText.document("the file", document.text(), mistakes);
    Map<String, Object> rest = new LinkedHashMap<>(tree.orElse(Map.of()));
    Object consumers = rest.remove(CONSUMERS);
    if (tree.isPresent() && consumers == null) {
      mistakes.add(CONSUMERS, "is required");
    }
    ImportShape shape = new ImportShape(mistakes);
    StoredShape stored = new StoredShape(reading, mistakes);
    List<Object> ours = new ArrayList<>();
    for (Map<String, Object> one : ConsumerReader.objects(CONSUMERS, consumers, mistakes)) {
      Map<String, Object> shaped = shape.ofConsumer(CONSUMERS + "[" + ours.size() + "]", one);
      ours.add(document.stored() ? stored.without(shaped) : shaped);
    }
    List<Mistake> unusable = new ArrayList<>();
    List<ConsumerEntry> entries =
        new ConsumerReader(reading, mistakes, unusable, groups).read(ours);
    unusable.forEach(one -> mistakes.add(one.path(), one.problem()));
    return new Imported(entries.stream().map(stored::with).toList(), List.copyOf(rest.keySet()));
  }
}
