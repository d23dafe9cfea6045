package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.spi.store.ConflictException;
import java.util.function.UnaryOperator;

/**
 * The texts of refused writes (reference section 1.5).
 *
 * @param attributes the name of the unique setting of a plugin, as in {@code key} of key-auth
 */
public record Refusals(UnaryOperator<String> attributes) {

  public ConflictException lookup(String plugin, String credentialId, String username) {
    return ConflictException.duplicate(attributes.apply(plugin), plugin, credentialId, username);
  }

  public ConflictException name(String name, String credentialId, String username) {
    return new ConflictException(
        "duplicate name %s found with credential: %s of consumer: %s"
            .formatted(name, credentialId, username));
  }

  public ConflictException noConsumer(String username) {
    return new ConflictException(
        ConflictException.Kind.NO_OWNER, "consumer " + username + " is not there");
  }

  public ConflictException overtaken() {
    return new ConflictException(
        ConflictException.Kind.OVERTAKEN, "another change came first; nothing was written");
  }
}
