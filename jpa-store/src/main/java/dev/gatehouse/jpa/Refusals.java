package dev.gatehouse.jpa;

import dev.gatehouse.spi.ConflictException;
import java.util.function.UnaryOperator;

/**
 * The texts of refused writes (reference section 1.5).
 *
 * @param attributes the name of the unique setting of a plugin, as in {@code key} of key-auth
 */
record Refusals(UnaryOperator<String> attributes) {

  ConflictException lookup(String plugin, String credentialId, String username) {
    return ConflictException.duplicate(attributes.apply(plugin), plugin, credentialId, username);
  }

  ConflictException name(String name, String credentialId, String username) {
    return new ConflictException(
        "duplicate name %s found with credential: %s of consumer: %s"
            .formatted(name, credentialId, username));
  }

  ConflictException noConsumer(String username) {
    return new ConflictException(
        ConflictException.Kind.NO_OWNER, "consumer " + username + " is not there");
  }

  ConflictException overtaken() {
    return new ConflictException(
        ConflictException.Kind.OVERTAKEN, "another change came first; nothing was written");
  }
}
