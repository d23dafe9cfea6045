package dev.gatehouse.admin;

import dev.gatehouse.Mistake;
import dev.gatehouse.Mistakes;
import dev.gatehouse.spi.Administration;
import dev.gatehouse.spi.Administration.Imported;
import dev.gatehouse.spi.ConsumerRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The resource {@code import}: a file of Consumers, taken as a whole or not at all.
 *
 * <p>Each Consumer of the file is created or replaced and has exactly the Credentials of the file
 * then; others stay. So the same file again changes nothing (security R12).
 *
 * @param admin reads the file
 * @param file reads what was sent
 */
record ImportResource(Administration admin, Supplier<Sent> file) {
  private static final int MOST_TOLD = 50;

  /** What was sent: YAML, or else JSON. */
  record Sent(String text, boolean yaml) {}

  Answer answer(Ask ask) {
    if (!ask.method().equals("POST")) {
      return Answer.notSupported(ask.method(), "import");
    }
    ConsumerRegistry registry =
        admin.registry().orElseThrow(() -> new Refused(ConsumerResource.FILE_ONLY));
    boolean dry = ask.flag("dry_run");
    boolean stored = ask.flag("stored");
    Sent sent = file.get();
    Mistakes mistakes = new Mistakes();
    Imported imported =
        admin.imported(new Administration.Document(sent.text(), sent.yaml(), stored), mistakes);
    refuse(mistakes.found());
    if (!dry && stored) {
      admin.editor().orElseThrow().restore(imported.consumers());
    } else if (!dry) {
      registry.putAll(imported.consumers());
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("consumers", imported.consumers().size());
    report.put(
        "credentials",
        imported.consumers().stream().mapToInt(one -> one.credentials().size()).sum());
    report.put("ignored", imported.ignored());
    report.put("dry_run", dry);
    return Answer.of(200, report);
  }

  private static void refuse(List<Mistake> found) {
    if (!found.isEmpty()) {
      String more = found.size() > MOST_TOLD ? "; and " + (found.size() - MOST_TOLD) + " more" : "";
      throw Refused.badRequest(
          found.stream().limit(MOST_TOLD).map(Mistake::toString).collect(Collectors.joining("; "))
              + more);
    }
  }
}
