package dev.gatehouse.jpa;

import dev.gatehouse.spi.ConsumerEditor.Expected;
import jakarta.persistence.EntityManager;

/**
 * One transaction that writes; used by one thread.
 *
 * @param em where
 * @param changed collects what other nodes are told
 * @param expected what must stand where it writes
 */
record Write(EntityManager em, Changed changed, Expected expected) {
  /** A write inside this one that expects nothing. */
  Write inside() {
    return new Write(em, changed, Expected.ANYTHING);
  }
}
