package dev.gatehouse.internal.admin;

import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.MasterKeyRotation;
import java.util.Map;

/**
 * The resource {@code rewrap}: encrypts again what is encrypted under an earlier master key.
 *
 * @param repository where secrets are stored
 */
public record RewrapResource(ConsumerRepository repository) {
  /** Returns the response to a request for this resource. */
  public AdminResponse answer(AdminRequest ask) {
    if (!ask.method().equals("POST")) {
      return AdminResponse.notSupported(ask.method(), "rewrap");
    }
    MasterKeyRotation.Rewrapped done =
        ConsumerResource.writable(repository)
            .masterKeyRotation()
            .map(MasterKeyRotation::rewrap)
            .orElse(new MasterKeyRotation.Rewrapped(0, 0));
    return AdminResponse.of(
        200, Map.entry("rewrapped", done.records()), Map.entry("unreadable", done.unreadable()));
  }
}
