package dev.gatehouse.internal.jpa.write;

import jakarta.persistence.EntityManager;

/**
 * The record that a database was seeded with the Consumers of a configuration.
 *
 * <p>It remains when all Consumers are removed, so that a restart does not restore them.
 */
public final class Seeding {
  private Seeding() {}

  /** Records the seeding. Returns whether there was no record before. */
  public static boolean record(EntityManager em, long now) {
    return em.createNativeQuery(
                "UPDATE gatehouse_revision SET seeded_at = ?1 WHERE id = 1 AND seeded_at IS NULL")
            .setParameter(1, now)
            .executeUpdate()
        == 1;
  }
}
