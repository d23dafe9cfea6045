package dev.gatehouse.internal.auth.password;

import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * Has the library of password hashes start on a thread that ends.
 *
 * <p>Its start leaves values in a local of whichever thread comes first. On a thread of a server
 * they would keep the application's classes from being unloaded (security R9).
 */
final class BouncyCastleStart {
  private BouncyCastleStart() {}

  /** Waits until it has started; without effect if it has before. */
  static void onItsOwnThread() {
    Thread starter =
        new Thread(
            () -> {
              Object unused = CryptoServicesRegistrar.getServicesConstraints();
            },
            "gatehouse-crypto-start");
    starter.setDaemon(true);
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
