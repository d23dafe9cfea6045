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
public record CapturedIdentity(Optional<Consumer> consumer, Optional<Credential> credential) {
  /** A thread that nothing was carried to. */
  public static final CapturedIdentity NOBODY =
      new CapturedIdentity(Optional.empty(), Optional.empty());

  private static final ThreadLocal<CapturedIdentity> HERE = new ThreadLocal<>();

  /** That of the request which the calling thread serves, or what was carried to the thread. */
  public static CapturedIdentity now() {
    Optional<BeanManager> beans = ApplicationBeans.find();
    if (beans.isEmpty()) {
      return here();
    }
    try {
      CurrentCaller caller = new CurrentCaller(ContainerRequest.of(beans.get()));
      return new CapturedIdentity(caller.consumer(), caller.credential());
    } catch (RuntimeException noRequest) {
      // Servers capture contexts at any time, also before CDI is ready, and nothing may break then.
      return here();
    }
  }

  /** Puts this into force on the calling thread, and answers what was before. */
  public CapturedIdentity enter() {
    CapturedIdentity before = here();
    if (equals(NOBODY)) {
      HERE.remove();
    } else {
      HERE.set(this);
    }
    return before;
  }

  /** What is in force on the calling thread. */
  static CapturedIdentity here() {
    CapturedIdentity carried = HERE.get();
    return carried == null ? NOBODY : carried;
  }
}
