package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerEditor;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerGroups;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store whose calls no manager waits for longer than a timeout.
 *
 * <p>The calls run on other threads, so they take part in no transaction of the caller. A write
 * that is not waited for any more is still done completely or not at all. Safe for use by several
 * threads.
 *
 * @param store answers and is written
 * @param calls how long it is waited for
 */
record BoundedStore(ManagedStore store, StoreCalls calls) implements ManagedStore {
  /** Writes and reads of any number of records. */
  private static final Set<String> LONG = Set.of("putAll", "restore", "rewrap");

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    return store.credential(plugin, lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    return store.consumer(username);
  }

  @Override
  public @Nullable PluginSet group(String id) {
    return store.group(id);
  }

  @Override
  public boolean put(Consumer consumer) {
    return done(calls.of(() -> store.put(consumer)));
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    return done(calls.of(() -> store.put(username, entry)));
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    boolean unused =
        done(
            calls.ofLong(
                () -> {
                  store.putAll(entries);
                  return true;
                }));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    return store.renew(was, settings);
  }

  @Override
  public boolean remove(String username) {
    return done(calls.of(() -> store.remove(username)));
  }

  @Override
  public boolean remove(String username, String credentialId) {
    return done(calls.of(() -> store.remove(username, credentialId)));
  }

  private static boolean done(@Nullable Boolean answer) {
    return Boolean.TRUE.equals(answer);
  }

  @Override
  public State state() {
    return store.state();
  }

  @Override
  public Optional<ConsumerDirectory> directory() {
    return store.directory().map(all -> bounded(ConsumerDirectory.class, all));
  }

  @Override
  public Optional<ConsumerGroups> groups() {
    return store.groups().map(all -> bounded(ConsumerGroups.class, all));
  }

  @Override
  public Optional<ConsumerEditor> editor() {
    return store.editor().map(all -> bounded(ConsumerEditor.class, all));
  }

  @Override
  public Optional<AuditTrail> audit() {
    return store.audit().map(all -> bounded(AuditTrail.class, all));
  }

  private <T> T bounded(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            BoundedStore.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getDeclaringClass().equals(Object.class)
                    ? method.invoke(target, arguments)
                    : answer(target, method, arguments));
    return type.cast(proxy);
  }

  private @Nullable Object answer(
      Object target, Method method, @Nullable Object @Nullable [] arguments) {
    StoreCalls.Call<Object> call = () -> invoke(target, method, arguments);
    return LONG.contains(method.getName()) ? calls.ofLong(call) : calls.of(call);
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new StoreException("the store failed", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the doors of a store are public", e);
    }
  }
}
