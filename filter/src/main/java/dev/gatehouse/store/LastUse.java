package dev.gatehouse.store;

import dev.gatehouse.spi.CredentialUse;
import dev.gatehouse.spi.ManagedStore;
import dev.gatehouse.spi.StoredCredential;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which Credentials were used since this was last written to the store.
 *
 * <p>Bounded, and safe for use by several threads; one that is noted already costs a request one
 * look.
 */
final class LastUse {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final int MOST = 100_000;
  private static final int AT_ONCE = 200;

  private final Set<CredentialUse> noted = ConcurrentHashMap.newKeySet();

  void note(StoredCredential credential) {
    CredentialUse use =
        new CredentialUse(credential.consumer().username(), credential.credential().id());
    if (!noted.contains(use) && noted.size() < MOST) {
      noted.add(use);
    }
  }

  /**
   * Writes a few, so that nobody waits long for it; those that cannot be written wait.
   *
   * @return whether there are more
   */
  boolean write(ManagedStore store) {
    List<CredentialUse> uses = take();
    if (uses.isEmpty()) {
      return false;
    }
    try {
      store.used(uses);
      return uses.size() == AT_ONCE;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the last uses of credentials wait", e);
      noted.addAll(uses);
      return false;
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
