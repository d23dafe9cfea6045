package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import java.util.List;
import java.util.Objects;

/**
 * A Consumer with its Credentials, to be written to a store.
 *
 * @param consumer the Consumer
 * @param credentials its Credentials, possibly none
 */
public record ConsumerEntry(Consumer consumer, List<CredentialEntry> credentials) {
  /** Creates an entry. */
  public ConsumerEntry {
    Objects.requireNonNull(consumer, "consumer");
    credentials = List.copyOf(credentials);
  }
}
