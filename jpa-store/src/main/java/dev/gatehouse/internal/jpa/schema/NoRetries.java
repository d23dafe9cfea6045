package dev.gatehouse.internal.jpa.schema;

import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Lets EclipseLink fail at once when the database is away.
 *
 * <p>It would ask three times, five seconds apart, and hold a request's thread all the while.
 * EclipseLink makes it by its name; with another provider it is never loaded.
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
