package dev.gatehouse.internal.runtime;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running filters of an application and their mappings.
 *
 * <p>Safe for use by several threads.
 */
public final class RunningFilters {
  private static final String ATTRIBUTE = "dev.gatehouse.running";

  private final List<Member> members = new CopyOnWriteArrayList<>();

  private RunningFilters() {}

  /** A running filter. Its mappings are read lazily, because listeners can add some. */
  private static final class Member {
    private final FilterConfig filter;
    private final FilterRuntimeSource source;
    private volatile @Nullable FilterCoverage coverage;

    Member(FilterConfig filter, FilterRuntimeSource source) {
      this.filter = filter;
      this.source = source;
    }

    boolean holds(String path, String servlet) {
      FilterCoverage known = coverage;
      if (known == null) {
        known = read();
        coverage = known;
      }
      return known.holds(path, servlet);
    }

    private FilterCoverage read() {
      @Nullable FilterRegistration registered =
          filter.getServletContext().getFilterRegistration(filter.getFilterName());
      return registered == null
          ? new FilterCoverage(List.of(), Set.of())
          : FilterCoverage.of(registered);
    }
  }

  /** Returns the running filters of an application. */
  public static RunningFilters of(ServletContext context) {
    synchronized (RunningFilters.class) {
      if (context.getAttribute(ATTRIBUTE) instanceof RunningFilters known) {
        return known;
      }
      RunningFilters made = new RunningFilters();
      context.setAttribute(ATTRIBUTE, made);
      return made;
    }
  }

  public void add(FilterConfig filter, FilterRuntimeSource source) {
    members.add(new Member(filter, source));
  }

  public void remove(FilterRuntimeSource source) {
    members.removeIf(member -> member.source == source);
  }

  /** Returns the runtimes of the filters that the container maps to a servlet and a path. */
  public Stream<FilterRuntimeSource> covering(String path, String servlet) {
    return members.stream()
        .filter(member -> member.holds(path, servlet))
        .map(member -> member.source);
  }
}
