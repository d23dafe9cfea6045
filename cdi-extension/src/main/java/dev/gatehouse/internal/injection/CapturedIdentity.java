package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.engine.Identity;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a request, for threads that do not serve a request.
 *
 * @param identity null if no caller was identified
 */
public record CapturedIdentity(@Nullable Identity identity) {
  /** No identity. */
  public static final CapturedIdentity NONE = new CapturedIdentity(null);

  private static final ThreadLocal<CapturedIdentity> CURRENT = new ThreadLocal<>();

  /** Returns the identity of the current request, or else the one set on this thread. */
  public static CapturedIdentity capture() {
    Optional<BeanManager> beans = ApplicationBeans.find();
    if (beans.isEmpty()) {
      return current();
    }
    try {
      CurrentCaller caller = new CurrentCaller(ContainerRequest.of(beans.get()));
      Optional<Consumer> consumer = caller.consumer();
      return consumer.isEmpty()
          ? NONE
          : new CapturedIdentity(
              new Identity(consumer.get(), caller.credential().orElse(null), Map.of()));
    } catch (RuntimeException noRequest) {
      // Servers capture contexts at any time, also before CDI is ready. That must not fail.
      return current();
    }
  }

  /** Sets this identity on the calling thread and returns the previous one. */
  public CapturedIdentity enter() {
    CapturedIdentity before = current();
    if (identity == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(this);
    }
    return before;
  }

  /** Returns the Consumer, or empty if no caller was identified. */
  Optional<Consumer> consumer() {
    return Optional.ofNullable(identity).map(Identity::consumer);
  }

  /** Returns the Credential, or empty for an anonymous or unidentified caller. */
  Optional<Credential> credential() {
    return Optional.ofNullable(identity).map(Identity::credential);
  }

  /** Returns the identity that is set on the calling thread. */
  static CapturedIdentity current() {
    CapturedIdentity captured = CURRENT.get();
    return captured == null ? NONE : captured;
  }
}
