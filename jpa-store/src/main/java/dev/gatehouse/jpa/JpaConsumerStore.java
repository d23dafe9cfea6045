package dev.gatehouse.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.PluginSettings;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store in a database: every read is one query, every write one transaction.
 *
 * <p>Safe for use by several threads. It keeps nothing in memory, so the caller caches.
 */
final class JpaConsumerStore implements ManagedStore {
  private static final int TRIES = 5;

  private final Transactions transactions;
  private final Refusals refusals;
  private final ConsumerRows rows;
  private final BulkRows bulk;
  private final Vault vault;

  JpaConsumerStore(Transactions transactions, Refusals refusals, Vault vault, InstantSource clock) {
    this.vault = vault;
    this.transactions = transactions;
    this.refusals = refusals;
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
    return write(em -> rows.put(em, sealed));
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    CredentialEntry sealed = vault.sealed(username, entry);
    return write(em -> rows.put(em, username, sealed));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    PluginSettings sealed = vault.sealed(was, settings);
    return write(
        em -> {
          CredentialRow row = rows.held(em, was);
          if (row == null
              || !vault.opened(row.toStored(Map.of())).settings().equals(was.settings())) {
            return false;
          }
          rows.renew(row, sealed);
          return true;
        });
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    new Twins(refusals).refuse(entries);
    List<ConsumerEntry> sealed = entries.stream().map(vault::sealed).toList();
    write(em -> putAll(em, sealed));
  }

  @Override
  public boolean remove(String username) {
    return write(em -> rows.remove(em, username));
  }

  @Override
  public boolean remove(String username, String credentialId) {
    return write(em -> rows.remove(em, username, credentialId));
  }

  /** Writes the entries unless there is a Consumer already; answers whether it did. */
  boolean seed(List<ConsumerEntry> entries) {
    new Twins(refusals).refuse(entries);
    List<ConsumerEntry> sealed = entries.stream().map(vault::sealed).toList();
    return write(em -> Lookups.isEmpty(em) && putAll(em, sealed));
  }

  @Override
  public void close() {
    transactions.unit().close();
  }

  private boolean putAll(EntityManager em, List<ConsumerEntry> entries) {
    bulk.putAll(em, entries);
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
  private boolean write(Function<EntityManager, Boolean> work) {
    int tries = tries();
    for (int tried = 1; ; tried++) {
      try {
        return transactions.write(work);
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

  private int tries() {
    try {
      return transactions.joining() ? 1 : TRIES;
    } catch (RuntimeException e) {
      throw Failures.told(e);
    }
  }
}
