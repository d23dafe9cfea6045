package dev.gatehouse.internal.jpa;

import jakarta.transaction.TransactionManager;
import org.eclipse.persistence.transaction.JTATransactionController;

/** Names Narayana to EclipseLink, as a server names its own; public for that. */
public final class NarayanaController extends JTATransactionController {

  @Override
  protected TransactionManager acquireTransactionManager() {
    return com.arjuna.ats.jta.TransactionManager.transactionManager();
  }
}
