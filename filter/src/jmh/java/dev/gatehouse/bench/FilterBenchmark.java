package dev.gatehouse.bench;

import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A request through the whole filter. The container is a stub; the application asks for one header.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {
  private static final int CONSUMERS = 1_000;
  private static final int ROUTES = 1_000;
  private static final String LIMIT =
      "{\"count\": 1000000000, \"time_window\": 60, \"key\": \"consumer_name\"}";

  private final BenchHttpRequest request = new BenchHttpRequest();
  private final BenchHttpResponse response = new BenchHttpResponse();
  private @Nullable ConsumerFilter key;
  private @Nullable ConsumerFilter limit;
  private @Nullable ConsumerFilter hidden;
  private @Nullable ConsumerFilter own;
  private @Nullable ConsumerFilter routes;
  private @Nullable FilterChain chain;
  private int next;

  /** Opens the filters. */
  @Setup(Level.Trial)
  public void open(Blackhole seen) {
    chain = (inner, answer) -> seen.consume(((HttpServletRequest) inner).getHeader("apikey"));
    key = filter("{}", route -> route, false, 1);
    limit = filter("{}", route -> route.plugin("limit-count", LIMIT), false, 1);
    hidden = filter("{\"hide_credentials\": true}", route -> route, false, 1);
    own = filter("{}", route -> route, true, 1);
    routes = filter("{}", route -> route, false, ROUTES);
  }

  private static ConsumerFilter filter(
      String keyAuth, UnaryOperator<FilterBuilder.RouteSpec> more, boolean own, int routes) {
    FilterBuilder builder = ConsumerFilter.builder();
    for (int i = 0; i < routes; i++) {
      String uri = i == 0 ? "/orders/*" : "/other" + i + "/*";
      builder.route(route -> more.apply(route.uri(uri).plugin("key-auth", keyAuth)));
    }
    for (int i = 0; i < CONSUMERS; i++) {
      String name = "consumer-" + i;
      builder.consumer(
          name,
          consumer -> {
            consumer.credential("main", "key-auth", "{\"key\": \"key-of-" + name + "\"}");
            return own ? consumer.plugin("limit-count", LIMIT) : consumer;
          });
    }
    return builder.build();
  }

  /** {@code key-auth}. */
  @Benchmark
  public void key() throws IOException, ServletException {
    serve(key, valid());
  }

  /** {@code key-auth} with an unknown key. */
  @Benchmark
  public void unknownKey() throws IOException, ServletException {
    serve(key, "a-key-that-is-not-there");
  }

  /** {@code key-auth} without a key. */
  @Benchmark
  public void noKey() throws IOException, ServletException {
    serve(key, null);
  }

  /** {@code key-auth}, and {@code limit-count} of the Route for each Consumer. */
  @Benchmark
  public void keyAndLimit() throws IOException, ServletException {
    serve(limit, valid());
  }

  /** {@code key-auth}, and a limit of the Consumer's own. */
  @Benchmark
  public void keyAndOwnLimit() throws IOException, ServletException {
    serve(own, valid());
  }

  /** {@code key-auth} with {@code hide_credentials}. */
  @Benchmark
  public void hiddenKey() throws IOException, ServletException {
    serve(hidden, valid());
  }

  /** {@code key-auth} on one of a thousand Routes. */
  @Benchmark
  public void thousandRoutes() throws IOException, ServletException {
    serve(routes, valid());
  }

  private String valid() {
    next = next + 1 == CONSUMERS ? 0 : next + 1;
    return request.keys[next];
  }

  private void serve(@Nullable ConsumerFilter filter, @Nullable String presented)
      throws IOException, ServletException {
    FilterChain application = chain;
    if (filter == null || application == null) {
      throw new IllegalStateException("not opened");
    }
    request.begin(presented);
    response.begin();
    filter.doFilter(request, response, application);
  }
}
