package dev.gatehouse.internal.runtime;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.config.InitParams;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.StoreException;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of a filter that the container starts: the Route of its parameters, or the Routes of
 * the file if it has none.
 *
 * <p>Safe for use by several threads.
 */
public final class ContainerFilterRuntime implements FilterRuntimeSource {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");

  private final String filter;
  private final Optional<ConfiguredRoute> own;
  private final ApplicationRuntime application;
  private volatile @Nullable FilterRuntime site;

  ContainerFilterRuntime(
      String filter, Optional<ConfiguredRoute> own, ApplicationRuntime application) {
    this.filter = filter;
    this.own = own;
    this.application = application;
  }

  /**
   * Reads the configuration of a filter.
   *
   * @throws ServletException with all problems, if there are any
   */
  public static ContainerFilterRuntime open(FilterConfig config) throws ServletException {
    ConfigProblems mistakes = new ConfigProblems();
    try {
      ApplicationRuntime application = ApplicationRuntime.of(config.getServletContext(), mistakes);
      InitParams parameters = InitParams.of(config);
      Reading reading = application.reading();
      Optional<ConfiguredRoute> own =
          parameters.route(
              "web.xml filter '" + config.getFilterName() + "'",
              reading.plugins(),
              reading.references(),
              mistakes);
      ContainerFilterRuntime opened =
          new ContainerFilterRuntime(config.getFilterName(), own, application);
      opened.start(mistakes);
      return opened;
    } catch (ConfigException | StoreException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
      throw new ServletException(e.getMessage(), e);
    }
  }

  private void start(ConfigProblems mistakes) {
    boolean joined = false;
    try {
      mistakes.throwIfAny();
      application.join(this);
      joined = true;
    } finally {
      if (!joined) {
        application.leave(this);
      }
    }
  }

  /** Returns the filter's name. */
  String filter() {
    return filter;
  }

  @Override
  public FilterRuntime site() {
    return Objects.requireNonNull(site);
  }

  @Override
  public FilterRuntime site(ServletRequest request) {
    FilterRuntime known = application.sitesOf(request).get(this);
    return known == null ? site() : known;
  }

  /**
   * Returns the runtime of this filter for a state.
   *
   * @throws ConfigException with all problems, if there are any
   */
  FilterRuntime prepare(ApplicationRuntime.State state) {
    boolean onlyAround = filter.equals(Endpoints.FILTER);
    List<ConfiguredRoute> routes =
        onlyAround
            ? List.of()
            : own.map(route -> List.of(named(route, state)))
                .orElseGet(() -> state.file().configuredRoutes());
    return application.site(routes, state);
  }

  /**
   * Returns the Route with a name that no Route of the file has, because counters and metrics use
   * names.
   */
  private static ConfiguredRoute named(ConfiguredRoute own, ApplicationRuntime.State state) {
    String name = own.route().name();
    boolean taken = state.file().routes().stream().anyMatch(route -> route.name().equals(name));
    return taken ? own.named("filter " + name) : own;
  }

  /** Applies a prepared runtime. */
  void enter(FilterRuntime prepared) {
    site = prepared;
  }

  @Override
  public void close() {
    application.leave(this);
  }
}
