package dev.gatehouse.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.spi.ChangeFeed;
import dev.gatehouse.spi.ConflictException;
import dev.gatehouse.spi.ConsumerEntry;
import dev.gatehouse.spi.CredentialEntry;
import dev.gatehouse.spi.LookupKey;
import dev.gatehouse.spi.ManagedStore;
import dev.gatehouse.spi.StoredCredential;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store in a database: every read is one query, every write one transaction.
 *
 * <p>Safe for use by several threads. It keeps nothing in memory, so the caller caches, and follows
 * its feed.
 */
final class JpaConsumerStore implements ManagedStore {
  private static final int TRIES = 5;

  private final Transactions transactions;
  private final Refusals refusals;
  private final ConsumerRows rows;
  private final BulkRows bulk;
  private final Vault vault;
  private final ChangeFeed feed;
  private final InstantSource clock;

  /**
   * What a store is made of.
   *
   * @param transactions bounds its work
   * @param calls single statements outside of them
   * @param refusals the texts of refused writes
   * @param vault for secrets
   */
  record Parts(Transactions transactions, JdbcCalls calls, Refusals refusals, Vault vault) {}

  JpaConsumerStore(Parts parts, InstantSource clock) {
    this.vault = parts.vault();
    this.transactions = parts.transactions();
    this.refusals = parts.refusals();
    this.feed = new JdbcFeed(parts.calls());
    this.clock = clock;
    this.rows = new ConsumerRows(refusals, clock);
    this.bulk = new BulkRows(refusals, clock);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    return read(em -> Lookups.credential(em, plugin, lookup).map(vault::opened)).orElse(null);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    return read(em -> Lookups.consumer(em, username).map(vault::opened)).orElse(null);
  }

  @Override
  public boolean put(Consumer consumer) {
    Consumer sealed = vault.sealed(consumer);
    return write((em, changed) -> rows.put(em, sealed, changed));
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    CredentialEntry sealed = vault.sealed(username, entry);
    return write((em, changed) -> rows.put(em, username, sealed, changed));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    PluginSettings sealed = vault.sealed(was, settings);
    return write(
        (em, changed) -> {
          CredentialRow row = rows.held(em, was);
          if (row == null
              || !vault.opened(row.toStored(Map.of())).settings().equals(was.settings())) {
            return false;
          }
          rows.renew(row, sealed);
          row.tell(changed);
          return true;
        });
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    new Twins(refusals).refuse(entries);
    List<ConsumerEntry> sealed = entries.stream().map(vault::sealed).toList();
    write((em, changed) -> putAll(em, sealed, changed));
  }

  @Override
  public boolean remove(String username) {
    return write((em, changed) -> rows.remove(em, username, changed));
  }

  @Override
  public boolean remove(String username, String credentialId) {
    return write((em, changed) -> rows.remove(em, username, credentialId, changed));
  }

  /** Writes the entries unless there is a Consumer already; answers whether it did. */
  boolean seed(List<ConsumerEntry> entries) {
    new Twins(refusals).refuse(entries);
    List<ConsumerEntry> sealed = entries.stream().map(vault::sealed).toList();
    return write((em, changed) -> Lookups.isEmpty(em) && putAll(em, sealed, changed));
  }

  @Override
  public Optional<ChangeFeed> feed() {
    return Optional.of(feed);
  }

  @Override
  public void close() {
    transactions.unit().close();
  }

  private boolean putAll(EntityManager em, List<ConsumerEntry> entries, Changed changed) {
    bulk.putAll(em, entries, changed);
    return true;
  }

  private <T> T read(Function<EntityManager, T> work) {
    try {
      return transactions.read(work);
    } catch (RuntimeException e) {
      throw Failures.told(e);
    }
  }

  /** Tries again when another writer came first, unless the caller's transaction is spoilt. */
  private boolean write(BiFunction<EntityManager, Changed, Boolean> work) {
    int tries = tries();
    for (int tried = 1; ; tried++) {
      try {
        return transactions.write(em -> told(em, work));
      } catch (ConflictException | ConfigException e) {
        throw e;
      } catch (RuntimeException e) {
        boolean overtaken = Failures.overtaken(e);
        if (tried == tries || !(overtaken || Failures.blocked(e))) {
          throw overtaken ? refusals.overtaken() : Failures.told(e);
        }
      }
    }
  }

  private boolean told(EntityManager em, BiFunction<EntityManager, Changed, Boolean> work) {
    Changed changed = new Changed();
    boolean answer = work.apply(em, changed);
    changed.tell(em, StoredTime.micros(clock.instant()));
    return answer;
  }

  private int tries() {
    try {
      return transactions.joining() ? 1 : TRIES;
    } catch (RuntimeException e) {
      throw Failures.told(e);
    }
  }
}
