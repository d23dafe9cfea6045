package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.TomcatServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests that a filter is said to cover are those that a real Tomcat gives it. */
class FilterCoverageTest {
  private static final List<String> PATTERNS =
      List.of("/*", "/a/*", "/a/b", "*.do", "/", "/a/b/*", "/x.do/*");

  private static final List<String> PATHS =
      List.of("/", "/a", "/a/", "/a/b", "/a/b/", "/a/bc", "/ab", "/x.do", "/x.do/y", "/a/x.do");

  private final List<FilterRegistration> registered = new ArrayList<>();

  @Test
  void coverage_isWhatTheContainerDoes(@TempDir Path documents) {
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              context.addServletContainerInitializer(
                  (classes, servlets) -> {
                    for (String pattern : PATTERNS) {
                      FilterRegistration.Dynamic one =
                          servlets.addFilter(pattern, new Seen(pattern));
                      one.addMappingForUrlPatterns(
                          EnumSet.of(DispatcherType.REQUEST), true, pattern);
                      registered.add(one);
                    }
                    FilterRegistration.Dynamic named = servlets.addFilter("named", new Seen("n"));
                    named.addMappingForServletNames(
                        EnumSet.of(DispatcherType.REQUEST), true, "Told/a/*");
                    registered.add(named);
                  },
                  Set.of());
              TestApplications.servlet(context, new Told(), "/*");
              TestApplications.servlet(context, new Told(), "/a/*");
            })) {
      for (String path : PATHS) {
        String[] answer = server.get(path).body().split("\\|", -1);
        assertEquals(answer[0], answer[1], path);
      }
    }
  }

  /** Notes that the container has asked this filter. */
  private record Seen(String pattern) implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      request.setAttribute("seen " + pattern, true);
      chain.doFilter(request, response);
    }
  }

  /** Answers which filters were asked, and which were said to be. */
  private final class Told extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Set<String> asked = new TreeSet<>();
      Set<String> said = new TreeSet<>();
      for (FilterRegistration one : registered) {
        String name = one.getName().equals("named") ? "n" : one.getName();
        if (request.getAttribute("seen " + name) != null) {
          asked.add(name);
        }
        if (FilterCoverage.of(one).holds(request)) {
          said.add(name);
        }
      }
      response.getWriter().print(asked + "|" + said);
    }
  }
}
