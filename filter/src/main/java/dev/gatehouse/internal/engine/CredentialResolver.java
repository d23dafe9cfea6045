package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves presented values to usable Credentials of the store.
 *
 * <p>Every failure of the store becomes a {@link StoreException}, so that it is never taken for a
 * missing record. Safe for use by several threads.
 */
final class CredentialResolver implements CredentialLookup {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.engine");

  /** The pause after a failed write. */
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(10);

  private final ConsumerStore store;
  private final @Nullable ConsumerRepository repository;
  private final LookupDigest digest;
  private final InstantSource clock;
  private volatile Instant mayMove = Instant.MIN;

  CredentialResolver(ConsumerStore store, LookupDigest digest, InstantSource clock) {
    this.store = store;
    this.repository = store instanceof ConsumerRepository writable ? writable : null;
    this.digest = digest;
    this.clock = clock;
  }

  @Override
  public @Nullable StoredCredential find(String plugin, String value) {
    StoredCredential found;
    try {
      LookupKey place = digest.of(value);
      found = store.credential(plugin, place);
      if (found == null) {
        found = earlier(plugin, value, place);
      }
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException("the store failed to look a credential up", e);
    }
    return found != null && usable(found.credential()) ? found : null;
  }

  /** Finds a Credential under the lookup key of an earlier master key, and moves it once. */
  private @Nullable StoredCredential earlier(String plugin, String value, LookupKey place) {
    List<LookupKey> previous = digest.previous(value);
    for (LookupKey before : previous) {
      StoredCredential found = store.credential(plugin, before);
      if (found != null) {
        move(found, before, place);
        return found;
      }
    }
    // Another request may have moved it between the two lookups.
    return previous.isEmpty() ? null : store.credential(plugin, place);
  }

  private void move(StoredCredential was, LookupKey from, LookupKey to) {
    Instant now = clock.instant();
    if (repository == null || now.isBefore(mayMove)) {
      return;
    }
    try {
      repository.move(was, from, to);
    } catch (RuntimeException e) {
      mayMove = now.plus(BETWEEN_FAILURES);
      LOG.log(
          System.Logger.Level.WARNING,
          "credential {0} of {1} is still stored under an earlier master key: {2}",
          was.credential().id(),
          was.consumer().username(),
          e.toString());
    }
  }

  /**
   * Writes new settings of a Credential if the store is writable. A failure does not affect the
   * request.
   */
  void renew(StoredCredential was, PluginSettings settings) {
    if (repository == null) {
      return;
    }
    try {
      repository.renew(was, settings);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "credential {0} of {1} could not be renewed: {2}",
          was.credential().id(),
          was.consumer().username(),
          e.toString());
    }
  }

  /** Records the use of a Credential. */
  void noteUse(StoredCredential credential) {
    if (repository != null) {
      repository.noteUse(credential);
    }
  }

  /** Returns a digest that represents a presented value. */
  String digest(String plugin, String value) {
    return plugin + " " + HexFormat.of().formatHex(digest.of(value).bytes());
  }

  /** Returns the interceptors of a group, or null. */
  @Nullable PluginSet group(String id) {
    try {
      return store.group(id);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException("the store failed to look a group up", e);
    }
  }

  /** Returns the Consumer of a username, or null. */
  @Nullable Consumer consumer(String username) {
    try {
      return store.consumer(username);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException("the store failed to look a consumer up", e);
    }
  }

  /** Returns whether a Credential is usable. Reads the clock only for Credentials with dates. */
  private boolean usable(Credential credential) {
    boolean dated = credential.notBefore().isPresent() || credential.expiresAt().isPresent();
    return dated ? credential.usableAt(clock.instant()) : !credential.disabled();
  }
}
