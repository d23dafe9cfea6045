package dev.gatehouse.internal.store.cache;

import dev.gatehouse.spi.store.ConsumerEditor;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Conditional writes that readers of the same node see at once.
 *
 * @param editor writes
 * @param written makes readers see it
 */
record WatchedEditor(ConsumerEditor editor, Written written) implements ConsumerEditor {
  /** Runs a write, and forgets whom it concerns unless the feed has told so by then. */
  @FunctionalInterface
  interface Written {
    boolean run(Set<String> usernames, List<CredentialEntry> entries, Supplier<Boolean> write);
  }

  @Override
  public boolean put(ConsumerEntry entry, Expected expected) {
    return written.run(
        Set.of(entry.consumer().username()),
        entry.credentials(),
        () -> editor.put(entry, expected));
  }

  @Override
  public boolean put(String username, CredentialEntry entry, Expected expected) {
    return written.run(
        Set.of(username), List.of(entry), () -> editor.put(username, entry, expected));
  }

  @Override
  public void rotate(
      String username, CredentialEntry successor, CredentialEntry ending, Expected expected) {
    boolean unused =
        written.run(
            Set.of(username),
            List.of(successor, ending),
            () -> {
              editor.rotate(username, successor, ending, expected);
              return true;
            });
  }

  @Override
  public List<ConsumerEntry> sealed(Optional<String> after, int limit) {
    return editor.sealed(after, limit);
  }

  @Override
  public void restore(List<ConsumerEntry> sealed) {
    Set<String> usernames = new HashSet<>();
    List<CredentialEntry> credentials = new ArrayList<>();
    for (ConsumerEntry one : sealed) {
      usernames.add(one.consumer().username());
      credentials.addAll(one.credentials());
    }
    boolean unused =
        written.run(
            usernames,
            credentials,
            () -> {
              editor.restore(sealed);
              return true;
            });
  }

  /** What is kept in memory is not encrypted. */
  @Override
  public Rewrapped rewrap() {
    return editor.rewrap();
  }

  @Override
  public boolean remove(String username, Expected expected) {
    return written.run(Set.of(username), List.of(), () -> editor.remove(username, expected));
  }

  @Override
  public boolean remove(String username, String credentialId, Expected expected) {
    return written.run(
        Set.of(username), List.of(), () -> editor.remove(username, credentialId, expected));
  }
}
