package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.event.GateListener;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes decisions of the gate and changes by the Admin API as CDI events of type {@link
 * GateEvent}. An event without observers costs one lookup in a map.
 *
 * <p>Each application has its own instance. Thread-safe.
 */
public final class CdiEventPublisher implements GateListener {
  private static final System.Logger LOG = System.getLogger(CdiEventPublisher.class.getName());

  private final Map<Class<?>, Boolean> observed = new ConcurrentHashMap<>();
  private volatile @Nullable BeanManager manager;

  /** For {@link java.util.ServiceLoader}. */
  public CdiEventPublisher() {}

  @Override
  public void admitted(String route, @Nullable Consumer consumer, @Nullable Credential credential) {
    if (isObserved(GateEvent.Admitted.class)) {
      fire(
          new GateEvent.Admitted(
              route, Optional.ofNullable(consumer), Optional.ofNullable(credential)));
    }
  }

  @Override
  public void refused(String route, String plugin, int status, String reason) {
    fire(new GateEvent.Refused(route, plugin, status, reason));
  }

  @Override
  public void noticed(String route, String plugin, String reason) {
    fire(new GateEvent.Noticed(route, plugin, reason));
  }

  @Override
  public void failed(Throwable cause) {
    fire(new GateEvent.Failed(cause));
  }

  @Override
  public void changed(GateEvent.Changed change) {
    fire(change);
  }

  /** Returns true until the observers of a kind are known. */
  private boolean isObserved(Class<?> kind) {
    return !Boolean.FALSE.equals(observed.get(kind));
  }

  private void fire(GateEvent event) {
    if (!isObserved(event.getClass())) {
      return;
    }
    BeanManager beans = manager();
    boolean heard =
        observed.computeIfAbsent(
            event.getClass(),
            kind -> beans != null && !beans.resolveObserverMethods(event).isEmpty());
    if (heard && beans != null) {
      beans.getEvent().fire(event);
    }
  }

  private @Nullable BeanManager manager() {
    BeanManager known = manager;
    if (known == null) {
      known = found();
      manager = known;
    }
    return known;
  }

  private static @Nullable BeanManager found() {
    Optional<BeanManager> beans = ApplicationBeans.find();
    if (beans.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "CDI is not active: gate events are not published");
    }
    return beans.orElse(null);
  }
}
