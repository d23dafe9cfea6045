package dev.gatehouse.internal.jpa;

import dev.gatehouse.internal.jpa.query.AdminQueries;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerEntry;
import java.util.List;
import java.util.Optional;

/**
 * What the database holds, for people who manage it.
 *
 * @param store how it is asked
 * @param parsed shares what many rows have
 * @param vault opens secrets
 */
record JpaDirectory(JpaConsumerStore store, ParseCache parsed, SecretFields vault)
    implements ConsumerDirectory {

  @Override
  public Optional<ListedConsumer> listed(String username) {
    return store.read(em -> new AdminQueries(parsed).consumer(em, username).map(this::opened));
  }

  @Override
  public List<ListedCredential> credentials(String username) {
    return store.read(em -> new AdminQueries(parsed).credentials(em, username, vault));
  }

  @Override
  public Listing list(Search search, long skip, int limit) {
    return store.read(
        em -> {
          Listing found =
              new AdminQueries(parsed).list(em, new AdminQueries.Page(search, skip, limit));
          return new Listing(found.consumers().stream().map(this::opened).toList(), found.total());
        });
  }

  @Override
  public List<ConsumerEntry> entries(Optional<String> after, int limit) {
    return store.sealed(after, limit).stream().map(vault::opened).toList();
  }

  @Override
  public Page readable(Optional<String> after, int limit) {
    return store.readable(after, limit);
  }

  private ListedConsumer opened(ListedConsumer sealed) {
    try {
      return new ListedConsumer(vault.opened(sealed.consumer()), sealed.stamp(), sealed.readable());
    } catch (IllegalStateException | IllegalArgumentException e) {
      return new ListedConsumer(
          SecretFields.withoutSealed(sealed.consumer()), sealed.stamp(), false);
    }
  }
}
