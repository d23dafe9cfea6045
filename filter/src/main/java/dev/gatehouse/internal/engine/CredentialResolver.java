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
 * The store as the plugins see it: by presented value, and only what is usable now.
 *
 * <p>Whatever breaks in a store comes out as {@link StoreException}, so that "could not find out"
 * is never taken for "not there". Safe for use by several threads.
 */
final class CredentialResolver implements CredentialLookup {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.engine");

  /** So that a store that cannot be written to is not tried with every request. */
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

  /** A Credential that stands where an earlier master key had it is moved, once. */
  private @Nullable StoredCredential earlier(String plugin, String value, LookupKey place) {
    List<LookupKey> previous = digest.previous(value);
    for (LookupKey before : previous) {
      StoredCredential found = store.credential(plugin, before);
      if (found != null) {
        move(found, before, place);
        return found;
      }
    }
    // Another request may have moved it between the two looks.
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
   * Has the store keep something better for a Credential, if it can be written to; the request goes
   * on whatever comes of it.
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

  /** Has the store note that a Credential has proved who calls. */
  void noteUse(StoredCredential credential) {
    if (repository != null) {
      repository.noteUse(credential);
    }
  }

  /** What stands for a presented value where the value itself must not. */
  String digest(String plugin, String value) {
    return plugin + " " + HexFormat.of().formatHex(digest.of(value).bytes());
  }

  /** The interceptors of a group, or null. */
  @Nullable PluginSet group(String id) {
    try {
      return store.group(id);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException("the store failed to look a group up", e);
    }
  }

  /** The Consumer of a username, or null. */
  @Nullable Consumer consumer(String username) {
    try {
      return store.consumer(username);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException("the store failed to look a consumer up", e);
    }
  }

  /** Reads the clock only for credentials that have a date. */
  private boolean usable(Credential credential) {
    boolean dated = credential.notBefore().isPresent() || credential.expiresAt().isPresent();
    return dated ? credential.usableAt(clock.instant()) : !credential.disabled();
  }
}
