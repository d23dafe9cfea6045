package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import java.util.List;
import java.util.Objects;

/**
 * A Consumer with its Credentials on its way into a store.
 *
 * @param consumer the Consumer
 * @param credentials its Credentials, possibly none
 */
public record ConsumerEntry(Consumer consumer, List<CredentialEntry> credentials) {
  /** Copies the list. */
  public ConsumerEntry {
    Objects.requireNonNull(consumer, "consumer");
    credentials = List.copyOf(credentials);
  }
}
