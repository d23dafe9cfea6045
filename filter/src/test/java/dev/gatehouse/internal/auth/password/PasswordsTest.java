package dev.gatehouse.internal.auth.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Secret;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TestServices;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much work a password costs, and when it is not done again. */
class PasswordsTest {
  private static final StoredCredential ALICE = TestServices.basic("alice", "right");

  private static final long LONG_WAIT = 600_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestClock clock = new TestClock();
  private final AtomicInteger hashes = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final VerifiedPasswords verified = new VerifiedPasswords(new SecureRandom(), 100);
  private HashThrottle slots = new HashThrottle(2, 100, LONG_WAIT);
  private Passwords passwords = new Passwords(slots, verified, counted());

  @Test
  void check_ofTheRightPassword_hashesOnceAMinute() {
    assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"));
    clock.advance(Duration.ofMillis(VerifiedPasswords.MILLIS - 1));
    assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"));
    assertEquals(1, hashes.get());

    clock.advance(Duration.ofMillis(1));
    assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"));
    assertEquals(2, hashes.get());
  }

  @Test
  void check_whileAPasswordIsRemembered_stillRefusesOthers() {
    check(ALICE, "right");
    for (String wrong : List.of("righ", "rightx", "Right", "")) {
      assertEquals(Passwords.Answer.WRONG, check(ALICE, wrong));
    }
    assertEquals(Passwords.Answer.WRONG, check(TestServices.basic("bob", "other"), "right"));
  }

  @Test
  void check_ofAWrongPassword_hashesEachTimeAndRemembersNothing() {
    for (int i = 1; i <= 3; i++) {
      assertEquals(Passwords.Answer.WRONG, check(ALICE, "wrong"));
      assertEquals(2 * i, hashes.get());
    }
    assertEquals(0, verified.size());
  }

  @Test
  void check_afterTheCredentialChanged_refusesTheOldPasswordAtOnce() {
    assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"));
    StoredCredential changed = TestServices.basic("alice", "new");

    assertEquals(Passwords.Answer.WRONG, check(changed, "right"));
    assertEquals(Passwords.Answer.RIGHT, check(changed, "new"));
    assertEquals(4, hashes.get());
  }

  @Test
  void check_afterTheCredentialIsGone_refusesAtOnce() {
    check(ALICE, "right");
    assertEquals(Passwords.Answer.WRONG, check(null, "right"));
  }

  @Test
  void wrongPassword_hashesEquallyOftenForKnownUnknownAndChangedUsers() {
    StoredCredential both =
        new StoredCredential(
            ALICE.credential(),
            ALICE.consumer(),
            PluginSettings.of(Map.of("password", "new", "previous_password", "old")));
    List<@Nullable StoredCredential> users = new ArrayList<>(List.of(ALICE, both));
    users.add(null);
    users.add(ALICE);
    users.add(null);
    for (StoredCredential user : users) {
      int before = hashes.get();
      assertEquals(Passwords.Answer.WRONG, check(user, "x"));
      assertEquals(2, hashes.get() - before, String.valueOf(user));
    }
  }

  @Test
  void wrongPassword_forCheapHashes_takesAsLongAsForUnknownUsers() {
    Passwords real =
        new Passwords(
            new HashThrottle(1, 0, 1), verified, Passwords.Hashing.usual(new SecureRandom()));
    List<StoredCredential> cheap =
        List.of(
            TestServices.basic(
                "bcrypt", "{bcrypt}$2y$04$abcdefghijklmnopqrstuuPEVLZ8KpGqVqzRbxgVgYyYvQ9eY8HQa"),
            TestServices.basic(
                "pbkdf2", "{pbkdf2}$pbkdf2-sha256$1$c2FsdHNhbHQ$" + "A".repeat(42) + "A"),
            TestServices.basic(
                "argon2", "{argon2id}$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$" + "A".repeat(22)));
    for (StoredCredential user : cheap) {
      double ratio = Double.MAX_VALUE;
      for (int attempt = 0; attempt < 20 && (ratio < 0.5 || ratio > 2); attempt++) {
        ratio = (double) shortest(real, user) / shortest(real, null);
      }
      assertTrue(ratio >= 0.5 && ratio <= 2, user.credential().id() + " " + ratio);
    }
  }

  private long shortest(Passwords real, @Nullable StoredCredential user) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      Passwords.Answer answer = real.check(user, Secret.of("wrong"), clock).answer();
      least = Math.min(least, System.nanoTime() - start);
      assertEquals(Passwords.Answer.WRONG, answer);
    }
    return least;
  }

  @Test
  void check_underLoad_hashesNoMoreThanTwoAtOnce() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    hold = done;
    List<Passwords.Answer> answers =
        crowd(6, "wrong", () -> atOnce.get() + slots.waiting() == 6, done);
    assertEquals(Collections.nCopies(6, Passwords.Answer.WRONG), answers);
    assertEquals(2, mostAtOnce.get());
    assertEquals(12, hashes.get());
  }

  @Test
  void check_ofOneCallerOnManyThreads_hashesOnceForAllThatWait() throws Exception {
    slots(1, 100, LONG_WAIT);
    CountDownLatch done = new CountDownLatch(1);
    hold = done;
    List<Passwords.Answer> answers =
        crowd(6, "right", () -> atOnce.get() + slots.waiting() == 6, done);
    assertEquals(Collections.nCopies(6, Passwords.Answer.RIGHT), answers);
    assertEquals(1, hashes.get());
  }

  /** Lets threads ask at once, and lets hashing go on when something is so. */
  private List<Passwords.Answer> crowd(
      int threads, String password, BooleanSupplier until, CountDownLatch done) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Passwords.Answer>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> check(ALICE, password)));
      }
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            while (!until.getAsBoolean()) {
              Thread.onSpinWait();
            }
          });
      done.countDown();
      List<Passwords.Answer> answers = new ArrayList<>();
      for (Future<Passwords.Answer> one : running) {
        answers.add(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      done.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void check_whenTooManyWait_isBusyAtOnceForKnownAndUnknown() throws Exception {
    slots(1, 0, LONG_WAIT);
    whileHashing(
        () -> {
          assertEquals(Passwords.Answer.BUSY, check(ALICE, "wrong"));
          assertEquals(Passwords.Answer.BUSY, check(ALICE, "right"));
          assertEquals(Passwords.Answer.BUSY, check(null, "wrong"));
          return null;
        });
    assertEquals(Passwords.Answer.WRONG, check(ALICE, "wrong"));
    assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"));
  }

  @Test
  void check_whenAPasswordIsRemembered_needsNoSlot() throws Exception {
    slots(1, 0, LONG_WAIT);
    check(ALICE, "right");
    whileHashing(
        () -> {
          assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"));
          return null;
        });
  }

  @Test
  void check_whenNoSlotIsFreeInTime_isBusy() throws Exception {
    slots(1, 1, 1);
    whileHashing(
        () -> {
          assertEquals(Passwords.Answer.BUSY, check(ALICE, "wrong"));
          assertEquals(Passwords.Answer.BUSY, check(null, "wrong"));
          return null;
        });
    assertEquals(Passwords.Answer.WRONG, check(ALICE, "wrong"));
  }

  @Test
  void run_whenTheThreadIsInterrupted_isBusyAndStaysInterrupted() {
    HashThrottle slots = new HashThrottle(1, 1, LONG_WAIT);
    Thread.currentThread().interrupt();
    assertEquals(Optional.empty(), slots.run(() -> true));
    assertTrue(Thread.interrupted());
    assertEquals(Optional.of(true), slots.run(() -> true));
  }

  /** A dry run of an import with many passwords held back every login. */
  @Test
  void runBehind_runsAfterWaitingThreads() throws Exception {
    HashThrottle one = new HashThrottle(1, 10, LONG_WAIT);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<?> running =
          threads.submit(
              () ->
                  one.run(
                      () -> {
                        inside.countDown();
                        awaitQuietly(leave);
                        return order.add("running");
                      }));
      inside.await();
      Future<?> behind = threads.submit(() -> one.runBehind(() -> order.add("behind")));
      while (one.waiting() < 1) {
        Thread.onSpinWait();
      }
      Future<?> login = threads.submit(() -> one.run(() -> order.add("login")));
      while (one.waiting() < 2) {
        Thread.onSpinWait();
      }
      leave.countDown();
      for (Future<?> each : List.of(running, behind, login)) {
        each.get();
      }
      assertEquals(List.of("running", "login", "behind"), order);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void run_whenTheWorkBreaks_releasesTheSlot() {
    HashThrottle slots = new HashThrottle(1, 0, 1);
    for (int i = 0; i < 3; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              slots.run(
                  () -> {
                    throw new IllegalStateException("broken");
                  }));
    }
    assertEquals(Optional.of(false), slots.run(() -> false));
  }

  @Test
  void check_ofAStoredTextThatIsNoHash_throws() {
    Passwords strict =
        new Passwords(
            new HashThrottle(1, 0, 1), verified, Passwords.Hashing.usual(new SecureRandom()));
    for (String stored : List.of("plain", "{argon2id}plain", "{bcrypt}$2b$31$bomb")) {
      StoreException broken =
          assertThrows(
              StoreException.class,
              () -> strict.check(TestServices.basic("alice", stored), Secret.of("plain"), clock));
      assertFalse(String.valueOf(broken.getMessage()).contains("plain"));
    }
  }

  @Test
  void digest_differsPerProcess() {
    Secret password = Secret.of("right");
    VerifiedPasswords other = new VerifiedPasswords(new SecureRandom(), 100);
    assertEquals(verified.proof("a", "b", password), verified.proof("a", "b", password));
    assertFalse(verified.proof("a", "b", password).equals(other.proof("a", "b", password)));
    assertFalse(verified.proof("a", "b", password).equals(verified.proof("ab", "", password)));
    assertFalse(
        verified
            .proof("a", "bright", Secret.of("x"))
            .equals(verified.proof("a", "b", Secret.of("rightx"))));
  }

  @Test
  void add_ofMoreThanTheMost_forgetsSome() {
    VerifiedPasswords few = new VerifiedPasswords(new SecureRandom(), 10);
    for (int i = 0; i < 1_000; i++) {
      few.add(few.proof("id" + i, "hash", Secret.of("x")), clock.millis());
    }
    assertTrue(few.size() <= 20, () -> few.size() + " remembered");
  }

  private Passwords.Answer check(@Nullable StoredCredential found, String password) {
    return passwords.check(found, Secret.of(password), clock).answer();
  }

  private Passwords.Hashing counted() {
    return new Passwords.Hashing(
        Counted::new,
        password -> "new " + new String(password, StandardCharsets.UTF_8),
        new Counted("nobody"));
  }

  @Test
  void check_whileCallersChange_takesBothPasswords_andRenewsTheOneThatWasUsed() {
    StoredCredential both =
        new StoredCredential(
            ALICE.credential(),
            ALICE.consumer(),
            PluginSettings.of(Map.of("password", "new one", "previous_password", "old one")));
    assertEquals(Passwords.Answer.RIGHT, check(both, "new one"));
    assertEquals(Passwords.Answer.RIGHT, check(both, "old one"));
    assertEquals(Passwords.Answer.WRONG, check(both, "other"));
    int before = hashes.get();
    assertEquals(Passwords.Answer.WRONG, check(null, "old one"));
    assertEquals(2, hashes.get() - before, "as much work as for a known user");

    clock.advance(Duration.ofMinutes(2));
    outdated = true;
    assertEquals(
        Optional.of(
            PluginSettings.of(Map.of("password", "new one", "previous_password", "new old one"))),
        passwords.check(both, Secret.of("old one"), clock).renewed());
    StoredCredential after = TestServices.basic("alice", "new one");
    assertEquals(Passwords.Answer.WRONG, check(after, "old one"), "the change is over");
  }

  @Test
  void check_ofAnOutdatedHash_rehashesTheRightPasswordOnly() {
    outdated = true;
    assertEquals(Optional.empty(), passwords.check(ALICE, Secret.of("wrong"), clock).renewed());
    assertEquals(Optional.empty(), passwords.check(null, Secret.of("right"), clock).renewed());
    Passwords.Checked first = passwords.check(ALICE, Secret.of("right"), clock);
    assertEquals(Passwords.Answer.RIGHT, first.answer());
    assertEquals(Optional.of(PluginSettings.of(Map.of("password", "new right"))), first.renewed());

    Passwords.Checked remembered = passwords.check(ALICE, Secret.of("right"), clock);
    assertEquals(Passwords.Checked.RIGHT, remembered);
  }

  @Test
  void check_afterTheHashWasRenewed_doesNotHashAgain() {
    outdated = true;
    PluginSettings renewed =
        passwords.check(ALICE, Secret.of("right"), clock).renewed().orElseThrow();
    StoredCredential after = new StoredCredential(ALICE.credential(), ALICE.consumer(), renewed);
    assertEquals(Passwords.Answer.RIGHT, check(after, "right"));
    assertEquals(Passwords.Answer.RIGHT, check(ALICE, "right"), "if the store was not writable");
    assertEquals(1, hashes.get());
    assertEquals(Passwords.Answer.WRONG, check(after, "rightx"));
    clock.advance(Duration.ofMillis(VerifiedPasswords.MILLIS));
    assertEquals(Passwords.Answer.WRONG, check(after, "right"), "not longer than a minute");
  }

  @Test
  void whatIsRemembered_printsNeitherPasswordNorHash() {
    String text = verified.proof("id", "hash", Secret.of("right")).toString();
    assertFalse(text.contains("right") || text.contains("hash"), text);
  }

  private void slots(int running, int waiting, long wait) {
    slots = new HashThrottle(running, waiting, wait);
    passwords = new Passwords(slots, verified, counted());
  }

  private volatile boolean outdated;
  private volatile @Nullable CountDownLatch hold;
  private final CountDownLatch holding = new CountDownLatch(1);

  /** Does something while the only slot is taken. */
  private void whileHashing(Callable<@Nullable Void> work) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    hold = done;
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Passwords.Answer> first = other.submit(() -> check(ALICE, "first"));
      assertTrue(holding.await(60, TimeUnit.SECONDS));
      hold = null;
      assertTimeoutPreemptively(PATIENCE, work::call);
      done.countDown();
      assertEquals(Passwords.Answer.WRONG, first.get(60, TimeUnit.SECONDS));
    } finally {
      done.countDown();
      other.shutdownNow();
    }
  }

  /** Matches the text itself and counts how often it is asked. */
  private final class Counted implements PasswordHash {
    private final String text;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public boolean outdated() {
      return outdated;
    }

    @Override
    public boolean matches(byte[] password) {
      hashes.incrementAndGet();
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      CountDownLatch until = hold;
      try {
        if (until != null) {
          holding.countDown();
          until.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      atOnce.decrementAndGet();
      return text.equals(new String(password, StandardCharsets.UTF_8));
    }
  }
}
