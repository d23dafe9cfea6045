package dev.gatehouse.internal.admin;

import dev.gatehouse.internal.admin.Administration.Imported;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resource {@code import}: a file of Consumers, imported completely or not at all.
 *
 * <p>Each Consumer of the file is created or replaced, with exactly the Credentials of the file.
 * Other Consumers stay. So the import of a file is idempotent.
 *
 * @param admin the services of the Admin API
 * @param file returns the sent file
 */
public record ImportResource(Administration admin, Supplier<Sent> file) {
  private static final int MAX_TOLD = 50;

  /** Maximum number of problems of a dry run, which reports more of them at once. */
  private static final int MAX_TOLD_DRY = 1_000;

  /** The sent file, YAML or JSON. */
  public record Sent(String text, boolean yaml) {}

  public AdminResponse answer(AdminRequest ask) {
    if (!ask.method().equals("POST")) {
      return AdminResponse.notSupported(ask.method(), "import");
    }
    ConsumerRepository repository = ConsumerResource.writable(admin.repository());
    boolean dry = ask.flag("dry_run");
    boolean stored = ask.flag("stored");
    Sent sent = file.get();
    ConfigProblems mistakes = new ConfigProblems();
    Imported imported =
        admin.imported(
            new Administration.Document(sent.text(), sent.yaml(), stored, accepted(ask)), mistakes);
    refuse(mistakes.found(), imported, dry ? MAX_TOLD_DRY : MAX_TOLD);
    if (!dry && stored) {
      repository.restore(imported.consumers());
    } else if (!dry) {
      repository.putAll(imported.consumers());
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("consumers", imported.consumers().size());
    report.put(
        "credentials",
        imported.consumers().stream().mapToInt(one -> one.credentials().size()).sum());
    report.put("ignored", imported.ignored());
    if (!imported.lost().isEmpty()) {
      report.put("lost", imported.lost());
    }
    report.put("dry_run", dry);
    return AdminResponse.of(200, report);
  }

  /** Returns the names of one comma-separated parameter, or of several parameters. */
  private static Set<String> accepted(AdminRequest ask) {
    return ask.all("accept_loss").stream()
        .flatMap(names -> Stream.of(names.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private static void refuse(List<ConfigProblem> found, Imported imported, int most) {
    if (!found.isEmpty()) {
      String more = found.size() > most ? "; and " + (found.size() - most) + " more" : "";
      String ignored =
          imported.ignored().isEmpty() ? "" : "; ignored: " + String.join(", ", imported.ignored());
      throw AdminException.badRequest(
          found.stream().limit(most).map(ConfigProblem::toString).collect(Collectors.joining("; "))
              + more
              + ignored);
    }
  }
}
