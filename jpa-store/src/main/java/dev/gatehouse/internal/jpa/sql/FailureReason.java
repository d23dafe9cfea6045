package dev.gatehouse.internal.jpa.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;

/**
 * The reason of a failed connection. Messages of drivers are not used, because they may contain a
 * password.
 */
final class FailureReason {
  private static final String NO_DRIVER = "No suitable driver";

  /** Reasons by SQL state, or by its first two characters. */
  private static final Map<String, String> BY_STATE =
      Map.of(
          "08", "no connection could be made: check host, port and JDBC URL",
          "28", "the user or the password was refused",
          "3D", "there is no such database",
          "53", "the database has no connection or memory left",
          "57P03", "the database is starting",
          "42501", "the user may not do this",
          "90013", "there is no such database",
          "90046", "the JDBC URL is malformed",
          "90146", "there is no such database",
          "90149", "there is no such database");

  private FailureReason() {}

  /** Returns the reason after a colon, or an empty text if it is unknown. */
  static String of(SQLException failure) {
    if (String.valueOf(failure.getMessage()).startsWith(NO_DRIVER)) {
      return ": the application has no driver for this JDBC URL";
    }
    if (failure instanceof SQLTransientConnectionException) {
      return ": no connection came in time";
    }
    String state = String.valueOf(failure.getSQLState());
    String group = state.length() < 2 ? state : state.substring(0, 2);
    String reason = BY_STATE.getOrDefault(state, BY_STATE.getOrDefault(group, ""));
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
