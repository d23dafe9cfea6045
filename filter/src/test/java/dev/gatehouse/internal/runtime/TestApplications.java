package dev.gatehouse.internal.runtime;

import dev.gatehouse.contract.TomcatServer;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Service;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Puts filters and servlets into a Tomcat application under test. */
public final class TestApplications {
  private TestApplications() {}

  /**
   * Returns a server whose root application has the filter on everything and the probe behind it.
   */
  public static TomcatServer probe(Path documents, Filter... filters) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          for (int i = 0; i < filters.length; i++) {
            filter(context, "f" + i, filters[i], "/*");
          }
          servlet(context, new ProbeServlet(), "/*");
        });
  }

  /** Returns the same on a connector that is prepared first, as for HTTP/2. */
  static TomcatServer probeOver(Consumer<Connector> connector, Path documents, Filter... filters) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          for (int i = 0; i < filters.length; i++) {
            filter(context, "f" + i, filters[i], "/*");
          }
          servlet(context, new ProbeServlet(), "/*");
          Service service = ((Engine) context.getParent().getParent()).getService();
          connector.accept(service.findConnectors()[0]);
        });
  }

  public static void servlet(Context context, Servlet servlet, String pattern) {
    String name = servlet.getClass().getSimpleName() + pattern;
    Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(pattern, name);
  }

  /** A filter that the server asks about every kind of dispatch. */
  static void onEveryDispatch(Context context, String name, Filter filter, String pattern) {
    filter(context, name, filter, pattern);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName(name);
    mapping.addURLPattern(pattern);
    mapping.setDispatcher("FORWARD");
    mapping.setDispatcher("INCLUDE");
    context.addFilterMap(mapping);
  }

  public static FilterDef filter(Context context, String name, Filter filter, String pattern) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setFilterClass(filter.getClass().getName());
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName(name);
    mapping.addURLPattern(pattern);
    for (String dispatcher : new String[] {"REQUEST", "ASYNC", "ERROR"}) {
      mapping.setDispatcher(dispatcher);
    }
    context.addFilterMap(mapping);
    return definition;
  }
}
