package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.Credential;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a Credential, without its owner and its secret.
 *
 * @param labels as JSON
 * @param notBefore the start in microseconds, see {@link StoredTime}
 * @param expiresAt the end in microseconds
 */
public record CredentialColumns(
    String id,
    String plugin,
    String name,
    @Nullable String description,
    String labels,
    @Nullable Long notBefore,
    @Nullable Long expiresAt,
    boolean disabled) {

  /** Reads the eight columns from an index on, in this order. */
  public static CredentialColumns of(ResultSet row, int at) throws SQLException {
    return new CredentialColumns(
        row.getString(at + 1),
        row.getString(at + 2),
        row.getString(at + 3),
        row.getString(at + 4),
        row.getString(at + 5),
        time(row, at + 6),
        time(row, at + 7),
        row.getBoolean(at + 8));
  }

  private static @Nullable Long time(ResultSet row, int column) throws SQLException {
    long time = row.getLong(column);
    return row.wasNull() ? null : (Long) time;
  }

  /** Returns the Credential; the same object for equal rows without dates. */
  public Credential toCredential(ParseCache parsed) {
    return notBefore == null && expiresAt == null
        ? parsed.credential(this)
        : createCredential(parsed);
  }

  Credential createCredential(ParseCache parsed) {
    Credential.Builder credential =
        Credential.of(parsed.word(id), parsed.word(plugin))
            .name(parsed.word(name))
            .labels(StoredJson.labels(labels))
            .disabled(disabled);
    if (description != null) {
      credential.description(description);
    }
    if (notBefore != null) {
      credential.notBefore(StoredTime.instant(notBefore));
    }
    if (expiresAt != null) {
      credential.expiresAt(StoredTime.instant(expiresAt));
    }
    return credential.build();
  }
}
