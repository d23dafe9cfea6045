package dev.gatehouse.internal.jpa;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.internal.jpa.query.AdminQueries;
import dev.gatehouse.internal.jpa.query.ExportQuery;
import dev.gatehouse.internal.jpa.query.RequestQueries;
import dev.gatehouse.internal.jpa.row.CredentialRow;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.internal.jpa.sql.JdbcAudit;
import dev.gatehouse.internal.jpa.sql.JdbcCalls;
import dev.gatehouse.internal.jpa.sql.JdbcFeed;
import dev.gatehouse.internal.jpa.sql.JdbcUses;
import dev.gatehouse.internal.jpa.sql.Transactions;
import dev.gatehouse.internal.jpa.write.BulkRows;
import dev.gatehouse.internal.jpa.write.ConsumerRows;
import dev.gatehouse.internal.jpa.write.JpaGroups;
import dev.gatehouse.internal.jpa.write.RetryingTransactions;
import dev.gatehouse.internal.jpa.write.Seeding;
import dev.gatehouse.internal.jpa.write.WriteTransaction;
import dev.gatehouse.internal.store.UniquenessCheck;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.MasterKeyRotation;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The store in a database. Every read is one query, and every write is one transaction.
 *
 * <p>It has no cache: the caller caches and follows its change feed. Safe for use by several
 * threads.
 */
public final class JpaConsumerStore implements ConsumerRepository {
  private final RetryingTransactions transactions;
  private final UnaryOperator<String> attributeOf;
  private final ConsumerRows rows;
  private final BulkRows bulk;
  private final SecretFields vault;
  private final MasterKeyMigration masterKeys;
  private final JpaGroups groups;
  private final JdbcCalls calls;
  private final ChangeFeed feed;
  private final AuditTrail audit;
  private final JdbcUses uses;
  private final ParseCache parsed = new ParseCache();
  private final RequestQueries lookups = new RequestQueries(parsed);
  private final AdminQueries listings = new AdminQueries(parsed);
  private final InstantSource clock;

  /**
   * The parts of a store.
   *
   * @param transactions the transactions
   * @param calls single statements outside of transactions
   * @param attributeOf the unique setting of a plugin, for the message of a refusal
   * @param vault the encryption of secrets
   */
  public record Parts(
      Transactions transactions,
      JdbcCalls calls,
      UnaryOperator<String> attributeOf,
      SecretFields vault) {}

  public JpaConsumerStore(Parts parts, InstantSource clock) {
    this.vault = parts.vault();
    this.transactions = new RetryingTransactions(parts.transactions(), clock);
    this.attributeOf = parts.attributeOf();
    this.calls = parts.calls();
    this.feed = new JdbcFeed(parts.calls());
    this.audit = new JdbcAudit(parts.calls());
    this.uses = new JdbcUses(parts.calls(), clock);
    this.clock = clock;
    this.rows = new ConsumerRows(attributeOf, clock);
    this.bulk = new BulkRows(attributeOf, clock);
    this.groups = new JpaGroups(transactions, parsed, vault, clock);
    this.masterKeys = new MasterKeyMigration(rows, vault, parsed);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    return calls.ask(
        connection -> {
          StoredCredential found = lookups.credential(connection, plugin, lookup);
          return found == null ? null : vault.opened(found);
        });
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    return calls.ask(
        connection -> {
          Consumer found = lookups.consumer(connection, username);
          return found == null ? null : vault.opened(found);
        });
  }

  @Override
  public @Nullable PluginSet group(String id) {
    return transactions
        .read(em -> Optional.ofNullable(JpaGroups.found(em, id)).map(row -> row.plugins(parsed)))
        .map(plugins -> vault.opened(id, plugins))
        .orElse(null);
  }

  @Override
  public boolean put(Consumer consumer, Precondition precondition) {
    Consumer sealed = vault.sealed(consumer);
    return transactions.write(precondition, w -> rows.put(w, sealed));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    PluginSettings sealed = vault.sealed(was, settings);
    return transactions.write(
        Precondition.none(),
        w -> {
          CredentialRow row = rows.held(w.em(), was);
          if (row == null
              || !vault
                  .opened(was.consumer().username(), row.toEntry(parsed))
                  .settings()
                  .equals(was.settings())) {
            return false;
          }
          rows.renew(row, sealed);
          row.addTo(w.changed());
          return true;
        });
  }

  @Override
  public boolean move(StoredCredential was, LookupKey from, LookupKey to) {
    return transactions.write(Precondition.none(), w -> masterKeys.move(w, was, from, to));
  }

  @Override
  public List<ConsumerEntry> exportPage(Optional<String> after, int limit) {
    List<ConsumerEntry> page =
        calls.ask(connection -> new ExportQuery(parsed).after(connection, after, limit));
    return page == null ? List.of() : page;
  }

  @Override
  public Page readPage(Optional<String> after, int limit) {
    ExportQuery.Found page =
        calls.ask(connection -> new ExportQuery(parsed).readable(connection, after, limit));
    return page == null ? new Page(List.of(), Set.of(), after, false) : page.opened(vault, limit);
  }

  @Override
  public void restore(List<ConsumerEntry> sealed) {
    putAll(vault.reopened(sealed));
  }

  @Override
  public Optional<MasterKeyRotation> masterKeyRotation() {
    return Optional.of(
        () -> masterKeys.rewrap(work -> transactions.write(Precondition.none(), work)));
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    new UniquenessCheck(attributeOf).addAll(entries);
    List<ConsumerEntry> sealed = entries.stream().map(vault::sealed).toList();
    transactions.write(Precondition.none(), w -> putAll(w, sealed));
  }

  /**
   * Writes the entries if the database was never seeded and has no Consumers. Returns whether they
   * were written. A database that was used before counts as seeded.
   */
  boolean seed(List<ConsumerEntry> entries) {
    new UniquenessCheck(attributeOf).addAll(entries);
    List<ConsumerEntry> sealed = entries.stream().map(vault::sealed).toList();
    return transactions.write(
        Precondition.none(),
        w ->
            Seeding.record(w.em(), StoredTime.micros(clock.instant()))
                && AdminQueries.isEmpty(w.em())
                && putAll(w, sealed));
  }

  @Override
  public boolean put(ConsumerEntry entry, Precondition precondition) {
    ConsumerEntry sealed = vault.sealed(entry);
    return transactions.write(precondition, w -> rows.put(w, sealed));
  }

  @Override
  public boolean put(String username, CredentialEntry entry, Precondition precondition) {
    CredentialEntry sealed = vault.sealed(username, entry);
    return transactions.write(precondition, w -> rows.put(w, username, sealed));
  }

  @Override
  public void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition) {
    CredentialEntry next = vault.sealed(username, successor);
    CredentialEntry last = vault.sealed(username, ending);
    boolean unused =
        transactions.write(
            precondition,
            w -> {
              boolean created = rows.put(w, username, last);
              return rows.put(w.under(Precondition.absent()), username, next) && !created;
            });
  }

  @Override
  public boolean remove(String username, Precondition precondition) {
    return transactions.write(precondition, w -> rows.remove(w, username));
  }

  @Override
  public boolean remove(String username, String credentialId, Precondition precondition) {
    return transactions.write(precondition, w -> rows.remove(w, username, credentialId));
  }

  @Override
  public Optional<ListedConsumer> findConsumer(String username) {
    return transactions.read(
        em -> listings.consumer(em, username).map(one -> AdminQueries.readable(one, vault)));
  }

  @Override
  public List<ListedCredential> listCredentials(String username) {
    return transactions.read(em -> listings.credentials(em, username, vault));
  }

  @Override
  public Listing listConsumers(Search search, long skip, int limit) {
    Listing found =
        transactions.read(em -> listings.list(em, new AdminQueries.Page(search, skip, limit)));
    return new Listing(
        found.consumers().stream().map(one -> AdminQueries.readable(one, vault)).toList(),
        found.total());
  }

  @Override
  public boolean put(ConsumerGroup group, Precondition precondition) {
    return groups.put(group, precondition);
  }

  @Override
  public boolean removeGroup(String id, Precondition precondition, boolean evenIfUsed) {
    return groups.remove(id, precondition, evenIfUsed);
  }

  @Override
  public Optional<ListedGroup> findGroup(String id) {
    return groups.listed(id);
  }

  @Override
  public List<ListedGroup> listGroups() {
    return groups.all();
  }

  @Override
  public List<CredentialUse> recordUses(List<CredentialUse> uses) {
    return this.uses.write(uses);
  }

  @Override
  public Optional<AuditTrail> audit() {
    return Optional.of(audit);
  }

  @Override
  public Optional<ChangeFeed> feed() {
    return Optional.of(feed);
  }

  @Override
  public void close() {
    transactions.transactions().unit().close();
  }

  private boolean putAll(WriteTransaction write, List<ConsumerEntry> entries) {
    bulk.putAll(write, entries);
    return true;
  }
}
