package dev.gatehouse.internal.imports;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.admin.Administration.Document;
import dev.gatehouse.internal.admin.Administration.Imported;
import dev.gatehouse.internal.config.ConfigText;
import dev.gatehouse.internal.config.ConsumerReader;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConsumerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the Consumers of an imported file.
 *
 * @param reading the known plugins
 * @param groups returns whether a group id exists
 */
public record ImportedText(Reading reading, Predicate<String> groups) {
  /** Maximum number of passwords. Each costs as much as a login and delays logins of callers. */
  static final int MAX_PLAIN_PASSWORDS = 100;

  /** Maximum number of Consumers and Credentials, which one transaction writes. */
  static final int MAX_RECORDS = 20_000;

  private static final String CONSUMERS = "consumers";
  private static final Pattern HASH =
      Pattern.compile("(\\{[A-Za-z0-9@_-]+}|\\$[a-z0-9-]+\\$).{12,}");

  public Imported read(Document document, ConfigProblems mistakes) {
    ConfigProblems found = new ConfigProblems();
    Optional<Map<String, Object>> tree =
        ConfigText.imported("the file", document.text(), document.yaml(), found);
    Map<String, Object> rest = new LinkedHashMap<>(tree.orElse(Map.of()));
    Object given = rest.remove(CONSUMERS);
    List<Map<String, Object>> consumers =
        new ArrayList<>(ConsumerReader.objects(CONSUMERS, given, mistakes));
    Losses losses = new Losses(document.acceptLoss(), mistakes);
    FlatRecords flat = new FlatRecords(consumers, losses, mistakes);
    rest.entrySet().removeIf(one -> flat.move(one.getKey(), one.getValue()));
    rest.keySet().forEach(losses::ignore);
    found.found().stream().filter(one -> !isIgnored(one, rest)).forEach(mistakes::add);
    if (tree.isPresent() && given == null && consumers.isEmpty()) {
      mistakes.add(CONSUMERS, ConfigProblem.Code.REQUIRED, "is required");
    }
    List<Map<String, Object>> shaped = shaped(consumers, flat, losses, mistakes);
    return new Imported(
        entries(shaped, document.stored(), mistakes), losses.ignored(), losses.lost());
  }

  private List<ConsumerEntry> entries(
      List<Map<String, Object>> shaped, boolean asStored, ConfigProblems mistakes) {
    if (records(shaped) > MAX_RECORDS) {
      mistakes.add(
          CONSUMERS,
          "must hold at most " + MAX_RECORDS + " Consumers and Credentials; send several files");
      return List.of();
    }
    StoredShape stored = new StoredShape(reading, mistakes);
    List<Object> ours = new ArrayList<>();
    shaped.forEach(one -> ours.add(asStored ? stored.without(one) : one));
    if (plainPasswords(shaped) > MAX_PLAIN_PASSWORDS) {
      mistakes.add(
          CONSUMERS,
          "must hold at most "
              + MAX_PLAIN_PASSWORDS
              + " passwords that are no hashes; send several files");
      return List.of();
    }
    List<ConfigProblem> unusable = new ArrayList<>();
    List<ConsumerEntry> entries =
        new ConsumerReader(reading, mistakes, unusable, groups).read(ours);
    unusable.forEach(mistakes::add);
    return entries.stream().map(stored::with).toList();
  }

  private static long records(List<Map<String, Object>> consumers) {
    long records = consumers.size();
    for (Map<String, Object> one : consumers) {
      records += one.get("credentials") instanceof List<?> list ? list.size() : 0;
    }
    return records;
  }

  /** Counts passwords by the names of members, at any depth. */
  private static long plainPasswords(Object value) {
    long count = 0;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> one : map.entrySet()) {
        boolean password = String.valueOf(one.getKey()).endsWith("password");
        boolean plain = one.getValue() instanceof String text && !HASH.matcher(text).matches();
        count += password && plain ? 1 : plainPasswords(one.getValue());
      }
    } else if (value instanceof List<?> list) {
      for (Object one : list) {
        count += plainPasswords(one);
      }
    }
    return count;
  }

  private List<Map<String, Object>> shaped(
      List<Map<String, Object>> consumers,
      FlatRecords flat,
      Losses losses,
      ConfigProblems mistakes) {
    ImportShape shape = new ImportShape(mistakes, losses, reading.plugins(), groups);
    List<Map<String, Object>> shaped = new ArrayList<>();
    for (Map<String, Object> one : consumers) {
      Object username = one.get("username");
      boolean named = username instanceof String text && Consumer.isUsername(text);
      String path = CONSUMERS + "[" + (named ? username : String.valueOf(shaped.size())) + "]";
      shaped.add(shape.ofConsumer(path, one, flat.groupsOf(one.get(FlatRecords.GROUPS))));
    }
    return shaped;
  }

  /** A problem of an unused member is reported only if it may hide another one. */
  private static boolean isIgnored(ConfigProblem mistake, Map<String, Object> rest) {
    String path = mistake.path();
    return mistake.code() != ConfigProblem.Code.DUPLICATE
        && rest.keySet().stream()
            .anyMatch(
                name ->
                    path.equals(name)
                        || path.startsWith(name + ".")
                        || path.startsWith(name + "["));
  }
}
