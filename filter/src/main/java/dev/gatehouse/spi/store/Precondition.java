package dev.gatehouse.spi.store;

import java.util.Optional;
import java.util.Set;

/**
 * What must be true of a record so that a write of it is done (RFC 9110, section 13.1).
 *
 * <p>The store compares inside the transaction of the write, so no other writer can come between.
 * Immutable and safe for use by several threads.
 *
 * @param tags the record must have one of these tags ({@link ConsumerRepository.Stamp#tag()});
 *     empty if its tag does not matter
 * @param unwanted the record must have none of these tags
 * @param mustBeAbsent whether there must be no record
 */
public record Precondition(Optional<Set<String>> tags, Set<String> unwanted, boolean mustBeAbsent) {
  private static final Precondition NONE = new Precondition(Optional.empty(), Set.of(), false);
  private static final Precondition ABSENT = new Precondition(Optional.empty(), Set.of(), true);

  /** Copies the sets. */
  public Precondition {
    tags = tags.map(Set::copyOf);
    unwanted = Set.copyOf(unwanted);
  }

  /** Returns the precondition that every record meets, and no record too. */
  public static Precondition none() {
    return NONE;
  }

  /** Returns the precondition that there is no record yet. */
  public static Precondition absent() {
    return ABSENT;
  }

  /**
   * Returns the precondition that the record was not changed since its tag was read.
   *
   * @param tag the {@link ConsumerRepository.Stamp#tag() tag} that was read
   */
  public static Precondition unchanged(String tag) {
    return new Precondition(Optional.of(Set.of(tag)), Set.of(), false);
  }

  /**
   * Compares this precondition with a record; called by the store inside its transaction.
   *
   * @param found the tag of the record, or empty if there is none
   * @throws PreconditionFailedException if the record does not meet this precondition
   */
  public void check(Optional<String> found) {
    if (mustBeAbsent && found.isPresent()) {
      throw new PreconditionFailedException("it is there already");
    }
    if (found.filter(unwanted::contains).isPresent()) {
      throw new PreconditionFailedException("it has a tag that If-None-Match names");
    }
    if (tags.isPresent() && found.filter(tags.get()::contains).isEmpty()) {
      throw new PreconditionFailedException(
          found.isPresent() ? "it was changed meanwhile" : "it is not there any more");
    }
  }
}
