package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks with one and with two threads, and writes what came out.
 *
 * <p>Arguments: the folder for the results, then JMH's own. The folder gets {@code results.json},
 * and {@code results.txt} with every figure beside its floor.
 */
public final class BenchmarkRun {
  private static final List<Integer> THREADS = List.of(1, 2);

  private BenchmarkRun() {}

  /** Starts the run. */
  public static void main(String[] args)
      throws CommandLineOptionException, RunnerException, IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    CommandLineOptions given = new CommandLineOptions(rest);
    List<RunResult> results = new ArrayList<>();
    for (int threads :
        given.getThreads().hasValue() ? List.of(given.getThreads().get()) : THREADS) {
      results.addAll(run(given, threads));
    }
    ResultFormatFactory.getInstance(
            ResultFormatType.JSON, folder.resolve("results.json").toString())
        .writeOut(results);
    String table = BenchmarkTable.of(results);
    Files.writeString(folder.resolve("results.txt"), table);
    System.out.println(table);
  }

  private static Collection<RunResult> run(CommandLineOptions given, int threads)
      throws RunnerException {
    Options options =
        new OptionsBuilder()
            .parent(given)
            .threads(threads)
            .forks(given.getForkCount().orElse(1))
            .warmupIterations(given.getWarmupIterations().orElse(3))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
            .measurementIterations(given.getMeasurementIterations().orElse(4))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
            .jvmArgsAppend("-Xms3g", "-Xmx3g")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    return new Runner(options).run();
  }
}
