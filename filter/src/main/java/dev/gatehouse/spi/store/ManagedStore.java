package dev.gatehouse.spi.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store that can be read and written. */
public interface ManagedStore extends ConsumerStore, ConsumerRegistry {
  /** Shows people what it holds; empty, as it is unless overridden, when it cannot. */
  default Optional<ConsumerDirectory> directory() {
    return Optional.empty();
  }

  /** The groups of Consumers that it keeps; empty, as it is unless overridden, if it keeps none. */
  default Optional<ConsumerGroups> groups() {
    return Optional.empty();
  }

  /** Whether it answers at the moment; it does, unless overridden. */
  default State state() {
    return State.ANSWERS;
  }

  /**
   * How a store does.
   *
   * @param serves whether callers can be told from strangers now, be it from memory
   * @param answers whether the store itself answered last
   * @param told how long ago its change feed was heeded last; empty without one
   */
  record State(boolean serves, boolean answers, Optional<Duration> told) {
    /** A store without a feed of which nothing bad is known. */
    public static final State ANSWERS = new State(true, true, Optional.empty());
  }

  /** Keeps what was done over the Admin API; empty, as it is unless overridden, if it does not. */
  default Optional<AuditTrail> audit() {
    return Optional.empty();
  }

  /**
   * Keeps the present time as that of the last use of Credentials.
   *
   * <p>Credentials that are gone are left out. This is no change of a record, and no feed reports
   * it. Does nothing unless overridden.
   *
   * @return the Credentials that another writer has locked, to be tried later
   * @throws StoreException if the store cannot be reached
   */
  default List<CredentialUse> used(List<CredentialUse> uses) {
    return List.of();
  }

  /**
   * A view of this store for the Admin API, whose calls are waited for no longer than a timeout.
   *
   * <p>They take part in no transaction of the caller. This store itself unless overridden.
   */
  default ManagedStore managed() {
    return this;
  }

  /** Lets people change what it holds; empty, as it is unless overridden, when it cannot. */
  default Optional<ConsumerEditor> editor() {
    return Optional.empty();
  }
}
