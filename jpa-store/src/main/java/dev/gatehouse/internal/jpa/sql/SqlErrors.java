package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.spi.store.StoreException;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** The meaning of database failures, by the SQL states of their causes. */
public final class SqlErrors {
  private static final int MAX_CHAIN_LENGTH = 20;

  /** Unique and foreign keys: 23505 everywhere, 23503 in PostgreSQL, 23506 in H2. */
  private static final Set<String> OVERTAKEN = Set.of("23505", "23503", "23506");

  /** Deadlocks, failed serialisation and lock timeouts. */
  private static final Set<String> BLOCKED =
      Set.of("40001", "40P01", "55P03", "HYT00", "90131", "57014", "70100");

  /** MariaDB has one state for duplicates and both sides of a foreign key. */
  private static final Set<Integer> OVERTAKEN_23000 = Set.of(1062, 1451, 1452, 1586);

  /** Error codes of MariaDB without a state: a lock timeout, and a row newer than the snapshot. */
  private static final Set<Integer> BLOCKED_HY000 = Set.of(1020, 1205);

  private SqlErrors() {}

  /** Returns whether another writer's row came first, so that a second read will see it. */
  public static boolean overtaken(RuntimeException failure) {
    return failure instanceof OptimisticLockException || any(failure, SqlErrors::isOvertaken);
  }

  /** Returns whether another writer's row came first. */
  public static boolean duplicate(SQLException failure) {
    return any(failure, SqlErrors::isOvertaken);
  }

  /** Returns whether a retry of the write may succeed. */
  public static boolean blocked(RuntimeException failure) {
    return any(failure, SqlErrors::isBlocked);
  }

  /** Returns whether a driver or pool is among the causes. */
  public static boolean ofDatabase(RuntimeException failure) {
    int left = MAX_CHAIN_LENGTH;
    for (Throwable t = failure; t != null && left > 0; t = t.getCause(), left--) {
      if (t instanceof SQLException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns a failure with classes and SQL states only. Messages of drivers may contain a URL with
   * a password, or values of a row.
   */
  public static StoreException toStoreException(RuntimeException failure) {
    StringJoiner kinds = new StringJoiner(" <- ");
    int left = MAX_CHAIN_LENGTH;
    for (Throwable t = failure; t != null && left > 0; t = t.getCause(), left--) {
      kinds.add(t instanceof SQLException sql ? kind(sql) : t.getClass().getName());
    }
    RuntimeException bare = new RuntimeException(kinds.toString());
    bare.setStackTrace(failure.getStackTrace());
    return new StoreException("the database did not answer: " + kinds, bare);
  }

  private static String kind(SQLException sql) {
    return "%s(SQLSTATE %s, code %d%s)"
        .formatted(
            sql.getClass().getName(), sql.getSQLState(), sql.getErrorCode(), FailureReason.of(sql));
  }

  private static boolean isOvertaken(SQLException sql) {
    return OVERTAKEN.contains(state(sql))
        || (state(sql).equals("23000") && OVERTAKEN_23000.contains(sql.getErrorCode()));
  }

  private static boolean isBlocked(SQLException sql) {
    return BLOCKED.contains(state(sql))
        || (state(sql).equals("HY000") && BLOCKED_HY000.contains(sql.getErrorCode()));
  }

  private static String state(SQLException sql) {
    return String.valueOf(sql.getSQLState());
  }

  private static boolean any(Throwable failure, Predicate<SQLException> wanted) {
    int left = MAX_CHAIN_LENGTH;
    for (Throwable t = failure; t != null && left > 0; t = t.getCause(), left--) {
      if (t instanceof SQLException sql && anyNext(sql, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A failed batch has its reason in the next exception. */
  private static boolean anyNext(SQLException first, Predicate<SQLException> wanted) {
    int left = MAX_CHAIN_LENGTH;
    for (SQLException sql = first; sql != null && left > 0; sql = sql.getNextException(), left--) {
      if (wanted.test(sql)) {
        return true;
      }
    }
    return false;
  }
}
