package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.contract.ForwardingRepository;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that counts its reads. A test may make it fail; a write fails after it was done. */
final class CountingStore extends ForwardingRepository {
  private final ConsumerRepository store;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean failing;
  private volatile boolean closed;

  CountingStore(ConsumerRepository store) {
    super(store);
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
    failIfRequested();
    return store.credential(plugin, lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    reads.incrementAndGet();
    failIfRequested();
    return store.consumer(username);
  }

  @Override
  public @Nullable PluginSet group(String id) {
    reads.incrementAndGet();
    failIfRequested();
    return store.group(id);
  }

  @Override
  public boolean put(Consumer consumer, Precondition precondition) {
    return done(() -> store.put(consumer, precondition));
  }

  @Override
  public boolean put(ConsumerEntry entry, Precondition precondition) {
    return done(() -> store.put(entry, precondition));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    return done(() -> store.renew(was, settings));
  }

  @Override
  public boolean put(String username, CredentialEntry entry, Precondition precondition) {
    return done(() -> store.put(username, entry, precondition));
  }

  @Override
  public void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition) {
    store.rotate(username, successor, ending, precondition);
    failIfRequested();
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    store.putAll(entries);
    failIfRequested();
  }

  @Override
  public boolean remove(String username, Precondition precondition) {
    return done(() -> store.remove(username, precondition));
  }

  @Override
  public boolean remove(String username, String credentialId, Precondition precondition) {
    return done(() -> store.remove(username, credentialId, precondition));
  }

  @Override
  public boolean put(ConsumerGroup group, Precondition precondition) {
    return done(() -> store.put(group, precondition));
  }

  @Override
  public boolean removeGroup(String id, Precondition precondition, boolean evenIfUsed) {
    return done(() -> store.removeGroup(id, precondition, evenIfUsed));
  }

  @Override
  public void close() {
    closed = true;
  }

  private boolean done(Supplier<Boolean> write) {
    boolean answer = write.get();
    failIfRequested();
    return answer;
  }

  private void failIfRequested() {
    if (failing) {
      throw new StoreException("fails on request");
    }
  }
}
