package dev.gatehouse.internal.jpa.row;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data of Credentials that are deleted together. */
public final class Places {
  private Places() {}

  /**
   * One Credential.
   *
   * @param owner the row id of the Consumer
   */
  // Arrays are never compared here.
  @SuppressWarnings("ArrayRecordComponent")
  public record Found(
      long owner,
      String credentialId,
      String plugin,
      byte[] lookup,
      CredentialRow.History history) {
    /** Adds the lookup keys of the Credential to the changes. */
    public void report(ChangeLog changed) {
      changed.credential(plugin, lookup);
    }
  }

  /**
   * Locks and returns the Credentials of locked Consumers.
   *
   * <p>A read without a lock may see an old snapshot of an earlier transaction, while the following
   * delete does not: its rows would not be reported to other nodes.
   */
  public static List<Found> locked(EntityManager em, Collection<ConsumerRow> owners) {
    if (owners.isEmpty()) {
      return List.of();
    }
    String places = String.join(", ", Collections.nCopies(owners.size(), "?"));
    var query =
        em.createNativeQuery(
            "SELECT consumer_id, credential_id, plugin, lookup, created_at, last_used_at"
                + " FROM gatehouse_credentials WHERE consumer_id IN (%s) FOR UPDATE"
                    .formatted(places));
    int at = 1;
    for (ConsumerRow owner : owners) {
      query.setParameter(at++, owner.id());
    }
    List<Found> found = new ArrayList<>();
    for (Object row : query.getResultList()) {
      found.add(found((@Nullable Object[]) row));
    }
    return found;
  }

  private static Found found(@Nullable Object[] row) {
    return new Found(
        number(row[0]),
        String.valueOf(row[1]),
        String.valueOf(row[2]),
        (byte[]) Objects.requireNonNull(row[3]),
        new CredentialRow.History(number(row[4]), row[5] == null ? null : number(row[5])));
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("a column has no number");
  }
}
