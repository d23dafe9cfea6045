package dev.gatehouse.jpa;

import dev.gatehouse.spi.CredentialUse;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes when Credentials were used last, without touching the version of a row.
 *
 * @param calls on connections of their own
 * @param clock tells the time that is written
 */
record JdbcUses(JdbcCalls calls, InstantSource clock) {
  private static final String UPDATE =
      "UPDATE gatehouse_credentials SET last_used_at = ? WHERE credential_id = ? AND consumer_id ="
          + " (SELECT id FROM gatehouse_consumers WHERE username = ?)";

  void write(List<CredentialUse> uses) {
    long now = StoredTime.micros(clock.instant());
    int unused =
        calls.call(
            connection -> {
              try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                for (CredentialUse use : uses) {
                  update.setLong(1, now);
                  update.setString(2, use.credentialId());
                  update.setString(3, use.username());
                  update.addBatch();
                }
                return update.executeBatch().length;
              }
            });
  }
}
