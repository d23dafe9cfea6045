package dev.gatehouse.internal.store.cache;

import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Which Credentials were used since this was last written to the store.
 *
 * <p>Bounded, and safe for use by several threads; one that is noted already costs a request one
 * look.
 */
final class LastUsedBuffer {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final int MAX = 100_000;
  private static final int AT_ONCE = 200;

  private final Set<CredentialUse> noted = ConcurrentHashMap.newKeySet();

  void note(StoredCredential credential) {
    CredentialUse use =
        new CredentialUse(credential.consumer().username(), credential.credential().id());
    if (!noted.contains(use) && noted.size() < MAX) {
      noted.add(use);
    }
  }

  /**
   * Writes all that is noted, a few at a time; what cannot be written now stays noted.
   *
   * @param going whether to go on, asked before each statement
   */
  void write(ManagedStore store, BooleanSupplier going) {
    List<CredentialUse> left = new ArrayList<>();
    List<CredentialUse> uses = List.of();
    try {
      boolean more = true;
      while (more && going.getAsBoolean()) {
        uses = take();
        more = !uses.isEmpty();
        if (more) {
          left.addAll(store.used(uses));
          uses = List.of();
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the last uses of credentials wait", e);
    } finally {
      noted.addAll(uses);
      noted.addAll(left);
    }
  }

  private List<CredentialUse> take() {
    List<CredentialUse> taken = new ArrayList<>();
    for (Iterator<CredentialUse> all = noted.iterator();
        all.hasNext() && taken.size() < AT_ONCE; ) {
      taken.add(all.next());
      all.remove();
    }
    taken.sort(null);
    return taken;
  }
}
