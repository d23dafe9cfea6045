package dev.gatehouse.internal.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialRow;
import dev.gatehouse.internal.jpa.row.GroupRow;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.internal.jpa.row.SecretCipher;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.internal.jpa.write.ConsumerRows;
import dev.gatehouse.internal.jpa.write.WriteTransaction;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.MasterKeyRotation.Rewrapped;
import dev.gatehouse.spi.store.StoredCredential;
import jakarta.persistence.TypedQuery;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Brings what was stored under an earlier master key under the present one: secrets in batches,
 * lookup keys one by one when their value is shown.
 *
 * @param rows writes of one record
 * @param vault opens and seals
 * @param parsed reads columns
 */
record MasterKeyMigration(ConsumerRows rows, SecretFields vault, ParseCache parsed) {
  private static final System.Logger LOG = System.getLogger(MasterKeyMigration.class.getName());
  private static final int BATCH = 200;

  /** Does a write as one transaction of its own. */
  @FunctionalInterface
  interface Writes {
    Step run(Function<WriteTransaction, Step> work);
  }

  /**
   * What one transaction has done.
   *
   * @param last the id of the last row that it has seen
   */
  record Step(long last, long records, long unreadable, boolean more) {
    private Rewrapped done() {
      return new Rewrapped(records, unreadable);
    }
  }

  /** Finds a Credential under another key from now on, unless it was changed meanwhile. */
  boolean move(WriteTransaction write, StoredCredential was, LookupKey from, LookupKey to) {
    CredentialRow row = rows.held(write.em(), was);
    if (row == null || !row.isFoundUnder(from)) {
      return false;
    }
    row.addTo(write.changed());
    rows.move(row, to);
    row.addTo(write.changed());
    return true;
  }

  /** Encrypts again all secrets of an earlier key. */
  Rewrapped rewrap(Writes writes) {
    String present =
        vault
            .seal()
            .orElseThrow(() -> new ConfigException("gatehouse.master-key", "is not set"))
            .prefix();
    Rewrapped credentials = all(after -> writes.run(w -> credentials(w, present, after)));
    Rewrapped consumers = all(after -> writes.run(w -> consumers(w, present, after)));
    Rewrapped groups = writes.run(w -> groups(w, present)).done();
    return new Rewrapped(
        credentials.records() + consumers.records() + groups.records(),
        credentials.unreadable() + consumers.unreadable() + groups.unreadable());
  }

  private static Rewrapped all(LongFunction<Step> steps) {
    long records = 0;
    long unreadable = 0;
    long after = Long.MIN_VALUE;
    boolean more = true;
    while (more) {
      Step step = steps.apply(after);
      records += step.records();
      unreadable += step.unreadable();
      after = step.last();
      more = step.more();
    }
    return new Rewrapped(records, unreadable);
  }

  private Step credentials(WriteTransaction write, String present, long after) {
    String query =
        "select c from GatehouseCredential c join fetch c.consumer where c.id > :after and"
            + " c.settings like :sealed and c.settings not like :present order by c.id";
    List<CredentialRow> rows =
        batch(write.em().createQuery(query, CredentialRow.class), present, after);
    return new Rows<>(rows, CredentialRow::id, CredentialRow::owner).step(this::reseal, after);
  }

  private void reseal(CredentialRow row) {
    CredentialEntry open = vault.opened(row.owner(), row.toEntry(parsed));
    row.reseal(vault.sealed(row.owner(), open).settings());
  }

  private Step consumers(WriteTransaction write, String present, long after) {
    String query =
        "select o from GatehouseConsumer o where o.id > :after and"
            + " o.plugins like :sealed and o.plugins not like :present order by o.id";
    List<ConsumerRow> rows =
        batch(write.em().createQuery(query, ConsumerRow.class), present, after);
    return new Rows<>(rows, ConsumerRow::id, ConsumerRow::username).step(this::reseal, after);
  }

  /** There are few groups, and their ids are no numbers. */
  private Step groups(WriteTransaction write, String present) {
    String query =
        "select g from GatehouseConsumerGroup g where g.plugins like :sealed"
            + " and g.plugins not like :present";
    List<GroupRow> rows =
        write
            .em()
            .createQuery(query, GroupRow.class)
            .setParameter(
                "sealed", "%\"" + SecretFields.MARK + "\":\"" + SecretCipher.anyPrefix() + "%")
            .setParameter("present", "%\"" + SecretFields.MARK + "\":\"" + present + "%")
            .getResultList();
    return new Rows<>(rows, row -> 0, GroupRow::id).step(this::reseal, 0);
  }

  private void reseal(GroupRow row) {
    ConsumerGroup group = row.toGroup(parsed);
    PluginSet open = vault.opened(group.id(), group.plugins());
    row.reseal(
        vault
            .sealed(
                new ConsumerGroup(
                    group.id(), group.name(), group.description(), group.labels(), open))
            .plugins());
  }

  private void reseal(ConsumerRow row) {
    Consumer open = vault.opened(row.toConsumer(parsed, Map.of()));
    row.reseal(vault.sealed(open).plugins());
  }

  /**
   * A batch of rows.
   *
   * @param id of a row
   * @param owner whose it is, for the log
   */
  private record Rows<R>(List<R> rows, ToLongFunction<R> id, Function<R, String> owner) {
    Step step(java.util.function.Consumer<R> resealing, long after) {
      long done = rows.stream().filter(row -> readable(owner.apply(row), row, resealing)).count();
      long last = rows.isEmpty() ? after : id.applyAsLong(rows.get(rows.size() - 1));
      return new Step(last, done, rows.size() - done, rows.size() == BATCH);
    }
  }

  private static <T> List<T> batch(TypedQuery<T> query, String present, long after) {
    return query
        .setParameter("after", after)
        .setParameter(
            "sealed", "%\"" + SecretFields.MARK + "\":\"" + SecretCipher.anyPrefix() + "%")
        .setParameter("present", "%\"" + SecretFields.MARK + "\":\"" + present + "%")
        .setMaxResults(BATCH)
        .getResultList();
  }

  /** A record that cannot be read is skipped and counted: it stops no other. */
  private static <R> boolean readable(
      String username, R row, java.util.function.Consumer<R> resealing) {
    try {
      resealing.accept(row);
      return true;
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.log(Level.WARNING, "a record of {0} cannot be read: {1}", username, e.getMessage());
      return false;
    }
  }
}
