package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that counts its reads and can be told to fail, in writes only after they were done. */
final class SlowStore implements ManagedStore {
  private final ManagedStore store;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean failing;
  private volatile boolean closed;

  SlowStore(ManagedStore store) {
    this.store = store;
  }

  int reads() {
    return reads.get();
  }

  boolean closed() {
    return closed;
  }

  void fail(boolean on) {
    failing = on;
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    reads.incrementAndGet();
    failIfTold();
    return store.credential(plugin, lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    reads.incrementAndGet();
    failIfTold();
    return store.consumer(username);
  }

  @Override
  public boolean put(Consumer consumer) {
    return done(() -> store.put(consumer));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    return done(() -> store.renew(was, settings));
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    return done(() -> store.put(username, entry));
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    store.putAll(entries);
    failIfTold();
  }

  @Override
  public boolean remove(String username) {
    return done(() -> store.remove(username));
  }

  @Override
  public boolean remove(String username, String credentialId) {
    return done(() -> store.remove(username, credentialId));
  }

  @Override
  public void close() {
    closed = true;
  }

  private boolean done(Supplier<Boolean> write) {
    boolean answer = write.get();
    failIfTold();
    return answer;
  }

  private void failIfTold() {
    if (failing) {
      throw new StoreException("told to fail", new IllegalStateException());
    }
  }
}
