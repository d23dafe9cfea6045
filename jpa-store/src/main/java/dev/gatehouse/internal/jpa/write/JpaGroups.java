package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.internal.jpa.row.GroupRow;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository.ListedGroup;
import dev.gatehouse.spi.store.Precondition;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The groups of Consumers in the database.
 *
 * @param transactions the transactions
 * @param parsed the cache of parsed columns
 * @param vault the encryption of secrets
 * @param clock the clock of the times of creation and change
 */
public record JpaGroups(
    RetryingTransactions transactions, ParseCache parsed, SecretFields vault, InstantSource clock) {
  private static final System.Logger LOG = System.getLogger(JpaGroups.class.getName());

  public List<ListedGroup> all() {
    return transactions.read(
        em ->
            em
                .createQuery(
                    "select g from GatehouseConsumerGroup g order by g.groupId", GroupRow.class)
                .getResultList()
                .stream()
                .flatMap(row -> readable(row).stream())
                .toList());
  }

  /**
   * Returns a group, or empty if it cannot be decrypted: it can be replaced, and requests of its
   * members are answered with 503 until then.
   */
  private Optional<ListedGroup> readable(GroupRow row) {
    try {
      return Optional.of(listed(row));
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "a consumer group cannot be read: {0}", row.stamp());
      return Optional.empty();
    }
  }

  public Optional<ListedGroup> listed(String id) {
    return transactions.read(em -> Optional.ofNullable(found(em, id)).map(this::listed));
  }

  public boolean put(ConsumerGroup open, Precondition precondition) {
    ConsumerGroup group = vault.sealed(open);
    return transactions.write(
        precondition,
        write -> {
          GroupRow row = locked(write, group.id());
          boolean created = row == null;
          if (row == null) {
            row = new GroupRow(group.id(), now());
          }
          row.take(group, now());
          write.changed().group(group.id());
          if (created) {
            write.em().persist(row);
          }
          return created;
        });
  }

  public boolean remove(String id, Precondition precondition, boolean evenIfUsed) {
    return transactions.write(
        precondition,
        write -> {
          GroupRow row = locked(write, id);
          if (row == null) {
            return false;
          }
          if (!evenIfUsed) {
            refuseUsed(write.em(), id);
          }
          write.em().remove(row);
          write.changed().group(id);
          return true;
        });
  }

  private ListedGroup listed(GroupRow row) {
    return new ListedGroup(vault.readable(row.toGroup(parsed)), row.stamp());
  }

  /** Returns the row of an id, or null. */
  public static @Nullable GroupRow found(EntityManager em, String id) {
    List<GroupRow> found =
        em.createQuery(
                "select g from GatehouseConsumerGroup g where g.groupId = :id", GroupRow.class)
            .setParameter("id", id)
            .getResultList();
    return found.isEmpty() ? null : found.get(0);
  }

  private static @Nullable GroupRow locked(WriteTransaction write, String id) {
    List<GroupRow> found =
        write
            .em()
            .createQuery(
                "select g from GatehouseConsumerGroup g where g.groupId = :id", GroupRow.class)
            .setParameter("id", id)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    write.precondition().check(found.stream().findFirst().map(GroupRow::tag));
    return found.isEmpty() ? null : found.get(0);
  }

  private static void refuseUsed(EntityManager em, String id) {
    em.createQuery(
            "select o.username from GatehouseConsumer o where o.groupId = :id order by o.username",
            String.class)
        .setParameter("id", id)
        .setMaxResults(1)
        .getResultList()
        .forEach(
            username -> {
              throw ConflictException.groupInUse(username);
            });
  }

  private long now() {
    return StoredTime.micros(clock.instant());
  }
}
