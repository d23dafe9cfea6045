package dev.gatehouse.internal.runtime;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.event.GateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A listener that notifies several listeners. A failure of one does not affect the others.
 *
 * @param all the listeners
 */
public record Listeners(List<GateListener> all) implements GateListener {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.gate");

  /** Returns the listeners that an application registers as services. */
  public static GateListener of(ClassLoader application) {
    List<GateListener> found = new ArrayList<>();
    ServiceLoader.load(GateListener.class, application).forEach(found::add);
    return of(found);
  }

  /** Returns a listener that notifies all of a list. */
  static GateListener of(List<GateListener> all) {
    return all.isEmpty() ? GateListener.NONE : new Listeners(List.copyOf(all));
  }

  /** Returns the class names of the listeners. */
  static String names(GateListener listener) {
    return listener instanceof Listeners several
        ? several.all().stream()
            .map(each -> each.getClass().getSimpleName())
            .collect(Collectors.joining(" "))
        : "none";
  }

  /** A notification of a listener. */
  @FunctionalInterface
  private interface Notification {
    void to(GateListener listener);
  }

  private void notifyEach(Notification telling) {
    for (GateListener one : all) {
      try {
        telling.to(one);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a GateListener failed", e);
      }
    }
  }

  @Override
  public void admitted(String route, @Nullable Consumer consumer, @Nullable Credential credential) {
    notifyEach(one -> one.admitted(route, consumer, credential));
  }

  @Override
  public void refused(String route, String plugin, int status, String reason) {
    notifyEach(one -> one.refused(route, plugin, status, reason));
  }

  @Override
  public void noticed(String route, String plugin, String reason) {
    notifyEach(one -> one.noticed(route, plugin, reason));
  }

  @Override
  public void failed(Throwable cause) {
    notifyEach(one -> one.failed(cause));
  }

  @Override
  public void decided(String decision, Duration took) {
    notifyEach(one -> one.decided(decision, took));
  }

  @Override
  public void taggedConsumers(int most) {
    notifyEach(one -> one.taggedConsumers(most));
  }

  @Override
  public void changed(GateEvent.Changed change) {
    notifyEach(one -> one.changed(change));
  }
}
