package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.config.ConfigSource;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.ReferencedFiles;
import dev.gatehouse.internal.config.TestPlugins;
import dev.gatehouse.settings.ConfigProblem;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ConfigurationReloadTest {
  private static final String GOOD = "routes: [ { uris: [/a], plugins: { key-auth: {} } } ]";
  private static final String OTHER = "routes: [ { uris: [/b], plugins: { key-auth: {} } } ]";
  private static final String BAD = "routes: [ { uris: [b], plugins: { kye-auth: {} } } ]";
  private static final long START = 1_800_000_000_000L;

  private final FakeFile file = new FakeFile(GOOD, START - 60_000);
  private final ConfigurationReload<Configuration> watch =
      new ConfigurationReload<>(
          file,
          Duration.ofSeconds(5),
          text -> Configuration.of(file.name(), text, TestPlugins.reading(Map.of())),
          GOOD);

  @Test
  void poll_whenNothingChanged_isUnchanged() {
    for (int i = 0; i < 10; i++) {
      assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(i * 5_000L));
    }
    assertEquals(10, file.reads);
  }

  /** A key that was revoked by swapping a link worked for ever. */
  @Test
  void poll_whenTheTextChangedAndTheStampDidNot_seesTheChange() {
    pollAt(0);
    pollAt(5_000);
    file.write(OTHER, START - 60_000);
    assertEquals(List.of("/b"), changed(pollAt(10_000)));
    file.write(GOOD, START - 90_000);
    assertEquals(List.of("/a"), changed(pollAt(15_000)));
  }

  @Test
  void poll_whenOnlyAReferencedFileChanged_readsTheTextAgain() {
    ReferencedFiles.Look[] look = {ReferencedFiles.Look.UNCHANGED};
    int[] parsed = {0};
    ConfigurationReload<Integer> file =
        new ConfigurationReload<>(
            this.file, Duration.ofSeconds(5), text -> ++parsed[0], GOOD, now -> look[0]);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, file.poll(at(0)));
    look[0] = ReferencedFiles.Look.WRITTEN;
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, file.poll(at(5_000)));
    look[0] = ReferencedFiles.Look.CHANGED;
    assertInstanceOf(ConfigurationReload.Poll.Changed.class, file.poll(at(5_200)));
    look[0] = ReferencedFiles.Look.UNCHANGED;
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, file.poll(at(10_200)));
    assertEquals(1, parsed[0]);
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(START + millis);
  }

  @Test
  void poll_whenChanged_answersTheNewConfigurationOnce() {
    pollAt(0);
    file.write(OTHER, START + 1_000);
    assertEquals(List.of("/b"), changed(pollAt(5_000)));
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(10_000));
  }

  @Test
  void poll_beforeTheIntervalIsOver_doesNotLook() {
    pollAt(0);
    file.write(OTHER, START + 1_000);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(4_999));
    assertEquals(1, file.reads);
    assertEquals(List.of("/b"), changed(pollAt(5_000)));
  }

  @Test
  void poll_whenTheClockWentBack_readsTheFile() {
    pollAt(0);
    file.write(OTHER, START - 90_000);
    assertEquals(List.of("/b"), changed(pollAt(-60_000)));
  }

  @Test
  void poll_whenTheNewTextIsBad_reportsAllProblemsOnce() {
    pollAt(0);
    file.write(BAD, START + 1_000);
    ConfigurationReload.Poll<Configuration> poll = pollAt(5_000);
    assertEquals(
        List.of(
            "routes[0].plugins.kye-auth: is not a known plugin; known are key-auth, limit-count",
            "routes[0].uris[0]: must be /exact, /prefix/* or *.extension, was \"b\""),
        bad(poll));
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(10_000));
    file.write(BAD, START + 11_000);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(15_000));
    file.write(GOOD, START + 16_000);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(20_000));
    file.write(BAD, START + 21_000);
    assertEquals(2, bad(pollAt(25_000)).size());
  }

  @Test
  void poll_whenTheFileIsGone_reportsItOnceAndGoesOnWhenItIsBack() {
    pollAt(0);
    file.gone = true;
    assertEquals(List.of("gatehouse.yaml: is not there"), bad(pollAt(5_000)));
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(10_000));
    file.gone = false;
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(15_000));
    file.write(OTHER, START + 16_000);
    assertEquals(List.of("/b"), changed(pollAt(20_000)));
  }

  @Test
  void poll_whileTheFileIsWritten_waitsUntilItIsStill() {
    pollAt(0);
    file.write("routes: []", START + 4_900);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(5_000));
    file.write(OTHER, START + 5_100);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(5_200));
    assertEquals(List.of("/b"), changed(pollAt(5_400)));
  }

  @Test
  void poll_whenTheFileChangesWhileItIsRead_waitsForTheNextLook() {
    pollAt(0);
    file.write("routes: []", START + 1_000);
    file.duringRead = () -> file.write(OTHER, START + 1_001);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(5_000));
    file.duringRead = () -> {};
    assertEquals(List.of("/b"), changed(pollAt(10_000)));
  }

  @Test
  void poll_whenTheStampIsCoarse_stillSeesTheSecondChange() {
    pollAt(0);
    file.write(OTHER, START + 4_000);
    assertEquals(List.of("/b"), changed(pollAt(5_000)));
    file.write(GOOD, START + 4_000);
    assertEquals(List.of("/a"), changed(pollAt(10_000)));
  }

  @Test
  void poll_whenThereIsNoStamp_comparesTheText() {
    file.write(GOOD, 0);
    assertInstanceOf(ConfigurationReload.Poll.Unchanged.class, pollAt(0));
    file.write(OTHER, 0);
    assertEquals(List.of("/b"), changed(pollAt(5_000)));
  }

  @Test
  void poll_whenManyThreadsAsk_answersTheChangeToOne() throws Exception {
    pollAt(0);
    file.write(OTHER, START + 1_000);
    int threads = 16;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch ready = new CountDownLatch(threads);
    List<Future<ConfigurationReload.Poll<Configuration>>> polls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      polls.add(
          pool.submit(
              () -> {
                ready.countDown();
                ready.await();
                return pollAt(5_000);
              }));
    }
    int changed = 0;
    for (Future<ConfigurationReload.Poll<Configuration>> poll : polls) {
      changed += poll.get() instanceof ConfigurationReload.Poll.Changed ? 1 : 0;
    }
    pool.shutdown();
    assertEquals(1, changed);
    assertEquals(2, file.reads);
  }

  private ConfigurationReload.Poll<Configuration> pollAt(long millis) {
    return watch.poll(Instant.ofEpochMilli(START + millis));
  }

  private static List<String> changed(ConfigurationReload.Poll<Configuration> poll) {
    Configuration value =
        (Configuration) assertInstanceOf(ConfigurationReload.Poll.Changed.class, poll).value();
    return value.routes().get(0).uris();
  }

  private static List<String> bad(ConfigurationReload.Poll<Configuration> poll) {
    RuntimeException problem = assertInstanceOf(ConfigurationReload.Poll.Bad.class, poll).problem();
    return assertInstanceOf(ConfigException.class, problem).problems().stream()
        .map(ConfigProblem::toString)
        .toList();
  }

  private static final class FakeFile implements ConfigSource {
    private String text;
    private long stamp;
    private boolean gone;
    private int reads;
    private Runnable duringRead = () -> {};

    private FakeFile(String text, long stamp) {
      this.text = text;
      this.stamp = stamp;
    }

    private void write(String newText, long newStamp) {
      text = newText;
      stamp = newStamp;
    }

    @Override
    public String name() {
      return "gatehouse.yaml";
    }

    @Override
    public long lastModified() throws IOException {
      if (gone) {
        throw new NoSuchFileException("gatehouse.yaml");
      }
      return stamp;
    }

    @Override
    public String text() {
      reads++;
      String before = text;
      duringRead.run();
      return before;
    }
  }
}
