package dev.gatehouse.store;

import dev.gatehouse.spi.CredentialUse;
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
  private static final int MOST = 100_000;

  private final Set<CredentialUse> noted = ConcurrentHashMap.newKeySet();

  void note(StoredCredential credential) {
    CredentialUse use =
        new CredentialUse(credential.consumer().username(), credential.credential().id());
    if (!noted.contains(use) && noted.size() < MOST) {
      noted.add(use);
    }
  }

  /** Takes some out, in their order. */
  List<CredentialUse> take(int most) {
    List<CredentialUse> taken = new ArrayList<>();
    for (Iterator<CredentialUse> all = noted.iterator(); all.hasNext() && taken.size() < most; ) {
      taken.add(all.next());
      all.remove();
    }
    taken.sort(null);
    return taken;
  }

  /** Puts back what could not be written. */
  void putBack(List<CredentialUse> uses) {
    noted.addAll(uses);
  }
}
