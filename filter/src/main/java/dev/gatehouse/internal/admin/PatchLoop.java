package dev.gatehouse.internal.admin;

import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.PreconditionFailedException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a record, changes it and writes it, and begins again if another writer came between. */
final class PatchLoop {
  private static final int MAX_TRIES = 5;

  private PatchLoop() {}

  /**
   * Changes a record.
   *
   * @param find reads the record
   * @param stamp of the record
   * @param write writes the changed record under a precondition, and shows it
   * @return 404 if there is no record
   * @throws PreconditionFailedException if the record does not meet the precondition of the
   *     request, or if other writers came first too often
   */
  static <T> AdminResponse run(
      AdminRequest ask,
      Supplier<Optional<T>> find,
      Function<T, Stamp> stamp,
      BiFunction<T, Precondition, AdminResponse> write) {
    for (int tried = 1; ; tried++) {
      Optional<T> found = find.get();
      if (found.isEmpty()) {
        return AdminResponse.notFound();
      }
      String tag = stamp.apply(found.get()).tag();
      ask.precondition().check(Optional.of(tag));
      try {
        return write.apply(found.get(), Precondition.unchanged(tag));
      } catch (PreconditionFailedException overtaken) {
        if (tried == MAX_TRIES || ask.ifMatch() != null) {
          throw overtaken;
        }
      }
    }
  }
}
