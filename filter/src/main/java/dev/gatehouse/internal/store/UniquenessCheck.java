package dev.gatehouse.internal.store;

import dev.gatehouse.Credential;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds Consumers and Credentials of one write, or of one file, that contradict each other.
 *
 * <p>Not safe for use by several threads.
 */
public final class UniquenessCheck {
  private final Function<String, String> attributeOf;
  private final Set<String> usernames = new HashSet<>();
  private final Map<Place, Holder> holders = new HashMap<>();

  private record Holder(String username, String credentialId) {}

  /**
   * Creates a check that has seen nothing yet.
   *
   * @param attributeOf the unique setting of a plugin by the plugin's name, for the message
   */
  public UniquenessCheck(Function<String, String> attributeOf) {
    this.attributeOf = attributeOf;
  }

  /**
   * Adds the entries of one write.
   *
   * @throws ConflictException if they contain a username, or a Credential's id, name or lookup key,
   *     twice; names the first of the two
   */
  public void addAll(List<ConsumerEntry> entries) {
    for (ConsumerEntry entry : entries) {
      String username = entry.consumer().username();
      if (!usernames.add(username)) {
        throw new ConflictException("consumer " + username + " is given twice");
      }
      checkIdsAndNames(username, entry.credentials());
      entry.credentials().forEach(one -> addLookup(username, one));
    }
  }

  /**
   * Checks the Credentials of one Consumer.
   *
   * @throws ConflictException if an id or a name is given twice
   */
  static void checkIdsAndNames(String username, List<CredentialEntry> credentials) {
    Map<String, String> idOfName = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (CredentialEntry one : credentials) {
      Credential credential = one.credential();
      if (!ids.add(credential.id())) {
        throw new ConflictException(
            "credential %s of consumer %s is given twice".formatted(credential.id(), username));
      }
      String first = idOfName.putIfAbsent(credential.name(), credential.id());
      if (first != null) {
        throw ConflictException.duplicateName(credential.name(), first, username);
      }
    }
  }

  /**
   * Adds the lookup key of a Credential.
   *
   * @throws ConflictException if a Credential of the same plugin that was added before has it
   */
  public void addLookup(String username, CredentialEntry entry) {
    String plugin = entry.credential().plugin();
    Holder first =
        holders.putIfAbsent(
            new Place(plugin, entry.lookup()), new Holder(username, entry.credential().id()));
    if (first != null) {
      throw ConflictException.duplicate(
          attributeOf.apply(plugin), plugin, first.credentialId(), first.username());
    }
  }
}
