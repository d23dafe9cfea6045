package dev.gatehouse.internal.admin;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Credential;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the Admin API of an application works with; found as an attribute of the servlet context.
 *
 * <p>Safe for use by several threads.
 */
public interface Administration {
  /** The name of the attribute. */
  String ATTRIBUTE = "dev.gatehouse.administration";

  /** The keys that open it; none, and it is off. */
  List<AdminKey> keys();

  /** Counts wrong keys. */
  RateLimiter limits();

  /**
   * Finds out where a request comes from, by the same rules as the filter: the peer of the
   * connection, or the client that a trusted proxy names.
   *
   * @param peer the address of the connection's other end
   * @param headers returns all values of a header of the request
   */
  Source source(String peer, Function<String, List<String>> headers);

  /**
   * Where a request comes from.
   *
   * @param address the client's address, in its textual form
   * @param network the block of addresses that counts as one client
   */
  record Source(String address, String network) {}

  /** Milliseconds that never go back. */
  long tick();

  /** The time by which Credentials begin and end. */
  Instant now();

  /** The names of all plugins. */
  Set<String> plugins();

  /** The names of those that prove who calls. */
  Set<String> credentialPlugins();

  /**
   * What a plugin reads, as a JSON Schema; empty if there is no such plugin, or if it cannot stand
   * there.
   *
   * @param onConsumer whether it stands on a Consumer, where credential plugins have other settings
   */
  Optional<Map<String, Object>> schema(String plugin, boolean onConsumer);

  /**
   * Returns the repository now, whose calls are not waited for longer than the timeout of the
   * store. It is not {@link ConsumerRepository#isPersistent() persistent} if Consumers come from a
   * file.
   */
  ConsumerRepository repository();

  /** The groups of Consumers that stand in the configuration, where they cannot be changed. */
  List<ConsumerGroup> fixedGroups();

  /**
   * Reads a group of Consumers.
   *
   * @param body a tree of JSON values without null
   * @param mistakes receives what is wrong, with paths that begin in the body
   */
  Optional<ConsumerGroup> group(Map<String, Object> body, ConfigProblems mistakes);

  /** Tells listeners and the store's audit; never throws. */
  void changed(GateEvent.Changed change);

  /** What was changed; empty if the store does not keep it. */
  Optional<AuditTrail> audit();

  /**
   * Reads a file of Consumers: in the shape of {@code gatehouse.yaml}, of ADC, or of Kong.
   *
   * @param mistakes receives what is wrong; the result is not used then
   */
  Imported imported(Document document, ConfigProblems mistakes);

  /**
   * A file of Consumers.
   *
   * @param yaml whether it is YAML, or else JSON
   * @param stored whether Credentials may be given as a store keeps them
   * @param acceptLoss names of what may be lost although it restricts a Consumer
   */
  record Document(String text, boolean yaml, boolean stored, Set<String> acceptLoss) {
    /** Copies the set. */
    public Document {
      acceptLoss = Set.copyOf(acceptLoss);
    }
  }

  /**
   * What a file of Consumers holds.
   *
   * @param consumers with exactly these Credentials
   * @param ignored what the file has beside that and what restricts nothing
   * @param lost what the request accepted to lose, with the Consumer
   */
  record Imported(List<ConsumerEntry> consumers, List<String> ignored, List<String> lost) {
    /** Copies the lists. */
    public Imported {
      consumers = List.copyOf(consumers);
      ignored = List.copyOf(ignored);
      lost = List.copyOf(lost);
    }
  }

  /**
   * Reads a Consumer with its inline Credentials.
   *
   * @param body a tree of JSON values without null
   * @param mistakes receives what is wrong, with paths that begin in the body
   */
  Optional<ConsumerEntry> consumer(Map<String, Object> body, ConfigProblems mistakes);

  /** Reads a Credential of a Consumer, likewise. */
  Optional<CredentialEntry> credential(
      String username, Map<String, Object> body, ConfigProblems mistakes);

  /** Reads a Credential of a plugin without what proves it, likewise. */
  Optional<Credential> described(String plugin, Map<String, Object> body, ConfigProblems mistakes);
}
