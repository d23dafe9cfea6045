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
 * The services that the Admin API of an application uses; an attribute of the servlet context.
 *
 * <p>Safe for use by several threads.
 */
public interface Administration {
  /** The name of the attribute. */
  String ATTRIBUTE = "dev.gatehouse.administration";

  /** Returns the admin keys. Without keys the API is off. */
  List<AdminKey> keys();

  /** Returns the limiter of wrong keys. */
  RateLimiter limits();

  /**
   * Returns the source of a request, by the same rules as the filter: the peer of the connection,
   * or the client that a trusted proxy names.
   *
   * @param peer the address of the connection's other end
   * @param headers returns all values of a header
   */
  Source source(String peer, Function<String, List<String>> headers);

  /**
   * The source of a request.
   *
   * @param address the client's address, in its textual form
   * @param network the block of addresses that counts as one client
   */
  record Source(String address, String network) {}

  /** Returns the milliseconds of a monotonic clock. */
  long tick();

  /** Returns the present time, for the validity of Credentials. */
  Instant now();

  /** Returns the names of all plugins. */
  Set<String> plugins();

  /** Returns the names of the credential plugins. */
  Set<String> credentialPlugins();

  /**
   * Returns the JSON Schema of a plugin's settings; empty if there is no such plugin, or if it is
   * not allowed there.
   *
   * @param onConsumer whether the settings are those of a Consumer, where credential plugins have
   *     other settings
   */
  Optional<Map<String, Object>> schema(String plugin, boolean onConsumer);

  /**
   * Returns the present repository. Its calls end within the timeout of the store. It is not {@link
   * ConsumerRepository#isPersistent() persistent} if Consumers come from a file.
   */
  ConsumerRepository repository();

  /** Returns the groups of the configuration, which cannot be changed. */
  List<ConsumerGroup> fixedGroups();

  /**
   * Reads a group of Consumers.
   *
   * @param body a tree of JSON values without null
   * @param mistakes receives problems, with paths relative to the body
   */
  Optional<ConsumerGroup> group(Map<String, Object> body, ConfigProblems mistakes);

  /** Sends an event to the listeners and to the store's audit. Never throws. */
  void changed(GateEvent.Changed change);

  /** Returns the audit trail, or empty if the store does not support it. */
  Optional<AuditTrail> audit();

  /**
   * Reads a file of Consumers in the form of {@code gatehouse.yaml}, ADC or Kong.
   *
   * @param mistakes receives problems, in which case the result must not be used
   */
  Imported imported(Document document, ConfigProblems mistakes);

  /**
   * A file of Consumers.
   *
   * @param yaml whether it is YAML, or else JSON
   * @param stored whether Credentials may have the stored form
   * @param acceptLoss the names of accepted losses
   */
  record Document(String text, boolean yaml, boolean stored, Set<String> acceptLoss) {
    /** Creates a document. */
    public Document {
      acceptLoss = Set.copyOf(acceptLoss);
    }
  }

  /**
   * The content of a file of Consumers.
   *
   * @param consumers the Consumers with all their Credentials
   * @param ignored the ignored members, which restrict nothing
   * @param lost the accepted losses with their Consumers
   */
  record Imported(List<ConsumerEntry> consumers, List<String> ignored, List<String> lost) {
    /** Creates a result. */
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
   * @param mistakes receives problems, with paths relative to the body
   */
  Optional<ConsumerEntry> consumer(Map<String, Object> body, ConfigProblems mistakes);

  /** Reads a Credential of a Consumer, see {@link #consumer}. */
  Optional<CredentialEntry> credential(
      String username, Map<String, Object> body, ConfigProblems mistakes);

  /** Reads a Credential of a plugin without its secret, see {@link #consumer}. */
  Optional<Credential> described(String plugin, Map<String, Object> body, ConfigProblems mistakes);
}
