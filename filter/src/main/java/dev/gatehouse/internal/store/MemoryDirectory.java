package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows what a store in memory holds; its records have no history.
 *
 * @param entries all there are, in any order
 */
record MemoryDirectory(Supplier<List<ConsumerEntry>> entries) implements ConsumerDirectory {
  private static final Stamp NO_HISTORY = new Stamp(1, Instant.EPOCH, Instant.EPOCH);

  @Override
  public Optional<ListedConsumer> listed(String username) {
    return entry(username).map(one -> new ListedConsumer(one.consumer(), NO_HISTORY));
  }

  @Override
  public List<ListedCredential> credentials(String username) {
    return entry(username).stream()
        .flatMap(one -> one.credentials().stream())
        .sorted(Comparator.comparing(one -> one.credential().id()))
        .map(one -> new ListedCredential(one, NO_HISTORY, Optional.empty()))
        .toList();
  }

  private Optional<ConsumerEntry> entry(String username) {
    return entries.get().stream()
        .filter(one -> one.consumer().username().equals(username))
        .findFirst();
  }

  @Override
  public Listing list(Search search, long skip, int limit) {
    List<Consumer> found =
        entries.get().stream()
            .map(ConsumerEntry::consumer)
            .filter(one -> fits(search, one))
            .sorted(Comparator.comparing(Consumer::username))
            .toList();
    String after = search.after().orElse("");
    return new Listing(
        found.stream()
            .filter(one -> one.username().compareTo(after) > 0)
            .skip(skip)
            .limit(limit)
            .map(one -> new ListedConsumer(one, NO_HISTORY))
            .toList(),
        search.after().isPresent() ? Listing.NOT_COUNTED : found.size());
  }

  @Override
  public List<ConsumerEntry> entries(Optional<String> after, int limit) {
    return entries.get().stream()
        .sorted(Comparator.comparing(one -> one.consumer().username()))
        .filter(one -> one.consumer().username().compareTo(after.orElse("")) > 0)
        .limit(limit)
        .toList();
  }

  private static boolean fits(Search search, Consumer consumer) {
    Map<String, String> labels = consumer.labels();
    return consumer.username().startsWith(search.prefix())
        && search.labels().entrySet().stream()
            .allMatch(
                asked ->
                    asked
                        .getValue()
                        .map(value -> value.equals(labels.get(asked.getKey())))
                        .orElse(labels.containsKey(asked.getKey())));
  }
}
