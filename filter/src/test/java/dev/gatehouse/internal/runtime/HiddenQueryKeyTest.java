package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hidden key in the query is in no attribute and no parameter of a later dispatch. */
class HiddenQueryKeyTest {
  private static final String KEY = "hidden-key-4711";
  private TomcatServer server;

  @BeforeEach
  void start(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{\"hide_credentials\": true}"))
            .consumer("acme", c -> c.credential("one", "key-auth", "{\"key\": \"" + KEY + "\"}"))
            .build();
    server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.onEveryDispatch(context, "gate", filter, "/*");
              TestApplications.servlet(context, new DispatchingServlet(), "/go");
              TestApplications.servlet(context, new Everything(), "/seen");
              ErrorPage page = new ErrorPage();
              page.setErrorCode(418);
              page.setLocation("/seen");
              context.addErrorPage(page);
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how=forward&to=/seen",
        "how=forward&to=/seen%3Fown%3D1",
        "how=forward&to=/go%3Fhow%3Dasync%26to%3D/seen%253Fown%253D1",
        "how=include&to=/seen",
        "how=include&to=/seen%3Fown%3D1",
        "how=async&to=/seen",
        "how=async&to=/seen%3Fown%3D1",
        "how=error&to=418"
      })
  void keyInTheQuery_isRemovedFromAttributesAndParameters(String query) {
    String body = server.get("/go?apikey=" + KEY + "&" + query).body();
    assertTrue(body.contains("SEEN"), body);
    assertTrue(body.contains("how="), body);
    assertFalse(body.contains(KEY), body);
  }

  /** Writes all that it sees of the query. */
  private static final class Everything extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      StringBuilder seen = new StringBuilder("SEEN\n");
      seen.append(request.getQueryString()).append('\n');
      for (String name : Collections.list(request.getAttributeNames())) {
        seen.append(name).append(": ").append(request.getAttribute(name)).append('\n');
      }
      request
          .getParameterMap()
          .forEach(
              (name, values) ->
                  seen.append(name).append('=').append(Arrays.toString(values)).append('\n'));
      seen.append(request.getParameter("apikey")).append(request.getRequestURL());
      response.getWriter().print(seen);
    }
  }
}
