package dev.gatehouse.internal.runtime;

import dev.gatehouse.servlet.BuiltFilter;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filters of Gatehouse that are registered in an application.
 *
 * @param registrations the registrations in any order
 */
public record OurFilters(List<FilterRegistration> registrations) {
  private static final Set<String> CLASSES =
      Set.of(ConsumerFilter.class.getName(), BuiltFilter.class.getName());
  private static final String ALL_PATHS = "/*";

  /** Returns the filters that are registered now. */
  public static OurFilters of(ServletContext context) {
    return new OurFilters(
        context.getFilterRegistrations().values().stream()
            .<FilterRegistration>map(each -> each)
            .filter(each -> each.getClassName() != null && CLASSES.contains(each.getClassName()))
            .toList());
  }

  /** Returns whether a filter is mapped to all paths. */
  public boolean coverAllPaths() {
    return registrations.stream().anyMatch(OurFilters::coversAllPaths);
  }

  /** Returns whether a filter is registered and mapped to all paths. */
  public static boolean coversAllPaths(@Nullable FilterRegistration filter) {
    return filter != null && some(filter.getUrlPatternMappings()).contains(ALL_PATHS);
  }

  /** Returns the names of filters without mappings. */
  public List<String> unmapped() {
    return registrations.stream()
        .filter(
            each ->
                some(each.getUrlPatternMappings()).isEmpty()
                    && some(each.getServletNameMappings()).isEmpty())
        .map(FilterRegistration::getName)
        .sorted()
        .toList();
  }

  /** Returns whether a filter serves the Routes of the file, as filters without parameters do. */
  public boolean serveFile() {
    return registrations.stream()
        .anyMatch(
            each ->
                ConsumerFilter.class.getName().equals(each.getClassName())
                    && each.getInitParameters().isEmpty());
  }

  /** Returns whether a filter has parameters, which are the plugins of a Route. */
  public boolean haveParameters() {
    return registrations.stream().anyMatch(each -> !each.getInitParameters().isEmpty());
  }

  /** Returns whether a filter was built in code. */
  public boolean haveBuiltRoutes() {
    return registrations.stream()
        .anyMatch(each -> BuiltFilter.class.getName().equals(each.getClassName()));
  }

  /** Maps a filter to all paths and dispatches, before all other filters. */
  public static void mapToAllPaths(FilterRegistration filter) {
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, ALL_PATHS);
  }

  /** Adds dispatches to all mappings of a filter. */
  public static void addDispatches(FilterRegistration filter, Set<DispatcherType> dispatches) {
    EnumSet<DispatcherType> later = EnumSet.copyOf(dispatches);
    Collection<String> patterns = some(filter.getUrlPatternMappings());
    if (!patterns.isEmpty()) {
      filter.addMappingForUrlPatterns(later, true, patterns.toArray(new String[0]));
    }
    Collection<String> servlets = some(filter.getServletNameMappings());
    if (!servlets.isEmpty()) {
      filter.addMappingForServletNames(later, true, servlets.toArray(new String[0]));
    }
  }

  private static Collection<String> some(@Nullable Collection<String> mappings) {
    return mappings == null ? List.of() : mappings;
  }
}
