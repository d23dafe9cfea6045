package dev.gatehouse.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Every figure as one line: time on the wall, time on the processor, bytes, and how many times its
 * floor it costs the processor.
 */
final class BenchmarkTable {
  private static final String FLOOR = FloorBenchmark.class.getSimpleName();

  private BenchmarkTable() {}

  static String of(Collection<RunResult> results) {
    Map<String, Double> floors = new TreeMap<>();
    for (RunResult result : results) {
      if (result.getParams().getBenchmark().contains(FLOOR)) {
        floors.put(caseOf(result.getParams()), score(result, CpuTime.LABEL));
      }
    }
    StringBuilder table = new StringBuilder("benchmark, callers, presented key, threads\n");
    for (RunResult result : results) {
      table.append(line(result, floors.get(caseOf(result.getParams()))));
    }
    return table.toString();
  }

  private static String line(RunResult result, @Nullable Double floor) {
    BenchmarkParams params = result.getParams();
    String name = params.getBenchmark();
    double cpu = score(result, CpuTime.LABEL);
    return String.format(
        Locale.ROOT,
        "%-34s %7s %-8s %d  %9.1f ns %9.1f ns cpu %7.0f B  %s%n",
        name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
        params.getParam("callers"),
        params.getParam("presented"),
        params.getThreads(),
        result.getPrimaryResult().getScore(),
        cpu,
        score(result, "gc.alloc.rate.norm"),
        floor == null ? "no floor" : String.format(Locale.ROOT, "%.2f x floor", cpu / floor));
  }

  private static double score(RunResult result, String label) {
    Result<?> found = result.getSecondaryResults().get(label);
    return found == null ? Double.NaN : found.getScore();
  }

  /**
   * Returns what must be the same for two figures to be compared: method, callers, key and threads.
   */
  private static String caseOf(BenchmarkParams params) {
    String name = params.getBenchmark();
    return String.join(
        " ",
        name.substring(name.lastIndexOf('.') + 1),
        params.getParam("callers"),
        params.getParam("presented"),
        String.valueOf(params.getThreads()));
  }
}
