package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.ConsumerRepository.Listing;
import dev.gatehouse.spi.store.ConsumerRepository.Page;
import dev.gatehouse.spi.store.ConsumerRepository.Search;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Consumers in memory by their usernames, and their Credentials by their lookup keys.
 *
 * <p>Safe for any number of readers and one writer at a time.
 */
final class ConsumerRecords {
  private final Function<String, String> attributeOf;
  private final Map<String, Map<LookupKey, StoredCredential>> credentials =
      new ConcurrentHashMap<>();
  private final Map<String, ConsumerRecord> consumers = new ConcurrentHashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param attributeOf the unique setting of a plugin, for the message of a refusal
   */
  ConsumerRecords(Function<String, String> attributeOf) {
    this.attributeOf = attributeOf;
  }

  @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    Map<LookupKey, StoredCredential> known = credentials.get(plugin);
    return known == null ? null : known.get(lookup);
  }

  @Nullable ConsumerRecord get(String username) {
    return consumers.get(username);
  }

  int size() {
    return consumers.size();
  }

  /** Returns all records in the order of their usernames. */
  Stream<ConsumerRecord> sorted() {
    return consumers.values().stream()
        .sorted(Comparator.comparing(one -> one.consumer().username()));
  }

  /** Puts a record in the place of another one, or of none. */
  void replace(@Nullable ConsumerRecord before, ConsumerRecord after) {
    consumers.put(after.consumer().username(), after);
    after.credentials().values().forEach(this::list);
    if (before != null) {
      before.credentials().forEach((id, held) -> unlist(held, after.credentials().get(id)));
    }
  }

  void remove(ConsumerRecord before) {
    consumers.remove(before.consumer().username());
    before.credentials().values().forEach(held -> unlist(held, null));
  }

  private void list(StoredEntry held) {
    credentials
        .computeIfAbsent(held.plugin(), p -> new ConcurrentHashMap<>())
        .put(held.lookup(), held.stored());
  }

  /**
   * Removes the lookup key of an entry, unless the entry stays or another entry has replaced it.
   */
  @SuppressWarnings("ReferenceEquality") // An equal entry may be a later one.
  private void unlist(StoredEntry held, @Nullable StoredEntry successor) {
    Map<LookupKey, StoredCredential> known = credentials.get(held.plugin());
    if (successor != held && known != null && known.get(held.lookup()) == held.stored()) {
      known.remove(held.lookup());
    }
  }

  /**
   * Throws if another Credential has the lookup key.
   *
   * @param replaced Consumers whose Credentials are all about to be replaced
   */
  void refuseTaken(String username, CredentialEntry entry, Set<String> replaced) {
    String plugin = entry.credential().plugin();
    StoredCredential taken = credential(plugin, entry.lookup());
    if (taken == null || replaced.contains(taken.consumer().username())) {
      return;
    }
    boolean itself =
        taken.credential().id().equals(entry.credential().id())
            && taken.consumer().username().equals(username);
    if (!itself) {
      throw ConflictException.duplicate(
          attributeOf.apply(plugin), plugin, taken.credential().id(), taken.consumer().username());
    }
  }

  Listing list(Search search, long skip, int limit) {
    List<ConsumerRecord> found = sorted().filter(one -> matches(search, one.consumer())).toList();
    return new Listing(
        found.stream()
            .filter(one -> isAfter(search.after(), one))
            .skip(skip)
            .limit(limit)
            .map(ConsumerRecord::listed)
            .toList(),
        search.after().isPresent() ? Listing.NOT_COUNTED : found.size());
  }

  Page page(Optional<String> after, int limit) {
    List<ConsumerEntry> entries =
        sorted()
            .filter(one -> isAfter(after, one))
            .limit(limit)
            .map(ConsumerRecord::entry)
            .toList();
    Optional<String> last =
        entries.isEmpty()
            ? after
            : Optional.of(entries.get(entries.size() - 1).consumer().username());
    return new Page(entries, Set.of(), last, entries.size() == limit);
  }

  private static boolean isAfter(Optional<String> username, ConsumerRecord found) {
    return found.consumer().username().compareTo(username.orElse("")) > 0;
  }

  private static boolean matches(Search search, Consumer consumer) {
    Map<String, String> labels = consumer.labels();
    return consumer.username().startsWith(search.prefix())
        && search.labels().entrySet().stream()
            .allMatch(
                label ->
                    label
                        .getValue()
                        .map(value -> value.equals(labels.get(label.getKey())))
                        .orElse(labels.containsKey(label.getKey())));
  }

  /**
   * Returns the Consumer of a Credential.
   *
   * @throws ConflictException if there is none
   */
  ConsumerRecord owner(String username) {
    ConsumerRecord owner = consumers.get(username);
    if (owner == null) {
      throw ConflictException.noConsumer(username);
    }
    return owner;
  }

  /** Returns the Consumer of a username, or null, if it meets a precondition. */
  @Nullable ConsumerRecord checked(String username, Precondition precondition) {
    ConsumerRecord before = consumers.get(username);
    precondition.check(Optional.ofNullable(before).map(one -> one.stamp().tag()));
    return before;
  }

  /**
   * Checks that a group has no members.
   *
   * @throws ConflictException if it has one
   */
  void refuseUsed(String group) {
    sorted()
        .map(ConsumerRecord::consumer)
        .filter(one -> one.group().filter(group::equals).isPresent())
        .findFirst()
        .ifPresent(
            member -> {
              throw ConflictException.groupInUse(member.username());
            });
  }

  List<ListedCredential> credentials(String username) {
    return Stream.ofNullable(consumers.get(username))
        .flatMap(found -> found.credentials().values().stream())
        .sorted(Comparator.comparing(StoredEntry::id))
        .map(one -> new ListedCredential(one.entry(), one.stamp(), Optional.empty()))
        .toList();
  }
}
