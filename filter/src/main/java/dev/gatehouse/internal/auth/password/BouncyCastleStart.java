package dev.gatehouse.internal.auth.password;

import dev.gatehouse.internal.store.DaemonThreads;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * Initialises Bouncy Castle on a short-lived thread.
 *
 * <p>The initialisation leaves values in a thread-local of the first thread that uses the library.
 * On a thread of the server they would pin the application's class loader after an undeployment.
 */
final class BouncyCastleStart {
  private BouncyCastleStart() {}

  /** Initialises the library and waits for it. Does nothing if it is initialised already. */
  static void onItsOwnThread() {
    Thread starter =
        DaemonThreads.create(
            "gatehouse-crypto-start",
            () -> {
              Object unused = CryptoServicesRegistrar.getServicesConstraints();
            });
    starter.start();
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
