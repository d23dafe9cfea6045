package dev.gatehouse.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter first and for everything, in an application that has a configuration file.
 *
 * <p>A filter named {@code gatehouse} in the application's {@code web.xml} wins: then nothing is
 * registered. The configuration of every filter is read here, so that an application with mistakes
 * does not start on any server. An initializer that registers more of our filters calls this one
 * again; what is open already stays as it is.
 */
public final class GatehouseInitializer implements ServletContainerInitializer {
  private static final String NAME = "gatehouse";

  /** Called by the container. */
  public GatehouseInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    boolean elsewhere = context.getInitParameter("gatehouse.config") != null;
    if (elsewhere || ConfigFile.isThere(context)) {
      register(context);
    }
    StartUp.open(context);
    DispatchFilter.register(context);
  }

  private static void register(ServletContext context) {
    FilterRegistration.Dynamic filter = context.addFilter(NAME, ConsumerFilter.class);
    if (filter != null) {
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
  }
}
