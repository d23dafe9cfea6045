package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;

/**
 * The caller of a request, for a thread that serves none.
 *
 * @param consumer empty when nobody was identified
 * @param credential empty for an anonymous or unidentified Consumer
 */
public record Carried(Optional<Consumer> consumer, Optional<Credential> credential) {
  /** A thread that nothing was carried to. */
  public static final Carried NOBODY = new Carried(Optional.empty(), Optional.empty());

  private static final ThreadLocal<Carried> HERE = new ThreadLocal<>();

  /** That of the request which the calling thread serves, or what was carried to the thread. */
  public static Carried now() {
    Optional<BeanManager> beans = ApplicationBeans.find();
    if (beans.isEmpty()) {
      return here();
    }
    try {
      CurrentCaller caller = new CurrentCaller(ContainerRequest.of(beans.get()));
      return new Carried(caller.consumer(), caller.credential());
    } catch (RuntimeException noRequest) {
      // Servers capture contexts at any time, also before CDI is ready, and nothing may break then.
      return here();
    }
  }

  /** Puts this into force on the calling thread, and answers what was before. */
  public Carried enter() {
    Carried before = here();
    if (equals(NOBODY)) {
      HERE.remove();
    } else {
      HERE.set(this);
    }
    return before;
  }

  /** What is in force on the calling thread. */
  static Carried here() {
    Carried carried = HERE.get();
    return carried == null ? NOBODY : carried;
  }
}
