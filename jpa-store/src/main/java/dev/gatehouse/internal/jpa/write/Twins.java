package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.Credential;
import dev.gatehouse.internal.jpa.row.Refusals;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for entries of one list that contradict each other. */
public record Twins(Refusals refusals) {

  private record Held(String plugin, LookupKey lookup) {}

  private record Holder(String username, String credentialId) {}

  /**
   * Refuses a list that holds a username, or a Credential's id, name or lookup key twice.
   *
   * @throws ConflictException naming the first of the two
   */
  public void refuse(List<ConsumerEntry> entries) {
    Set<String> usernames = new HashSet<>();
    Map<Held, Holder> held = new HashMap<>();
    for (ConsumerEntry entry : entries) {
      String username = entry.consumer().username();
      if (!usernames.add(username)) {
        throw new ConflictException("consumer " + username + " is given twice");
      }
      refuse(username, entry.credentials());
      for (CredentialEntry one : entry.credentials()) {
        Credential credential = one.credential();
        Holder first =
            held.putIfAbsent(
                new Held(credential.plugin(), one.lookup()), new Holder(username, credential.id()));
        if (first != null) {
          throw refusals.lookup(credential.plugin(), first.credentialId(), first.username());
        }
      }
    }
  }

  private void refuse(String username, List<CredentialEntry> credentials) {
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
        throw refusals.name(credential.name(), first, username);
      }
    }
  }
}
