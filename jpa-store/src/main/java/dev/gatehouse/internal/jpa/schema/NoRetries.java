package dev.gatehouse.internal.jpa.schema;

import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Makes EclipseLink fail at once if the database is not available.
 *
 * <p>By default it retries three times, five seconds apart, on the request's thread. EclipseLink
 * creates this class by its name; with another provider it is never loaded.
 */
public final class NoRetries implements SessionCustomizer {

  /** For EclipseLink. */
  public NoRetries() {}

  @Override
  public void customize(Session session) {
    DatabaseLogin login = session.getLogin();
    login.setQueryRetryAttemptCount(0);
    login.setDelayBetweenConnectionAttempts(0);
  }
}
