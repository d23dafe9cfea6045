package dev.gatehouse.internal.runtime;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request that runs while the file is read again. */
@Timeout(60)
class ReloadedRequestTest {
  private static final String FILE =
      """
      routes:
        - { uris: ["/a/*"], plugins: { key-auth: {}, acl: { allow_labels: { tier: [%s] } } } }
      consumers:
        - username: acme
          labels: { tier: gold }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-reload-key } } }]
      """;
  private static final String[] KEY = {"apikey", "acme-reload-key"};

  @TempDir private Path documents = Path.of("");
  private final CountDownLatch between = new CountDownLatch(1);
  private final CountDownLatch reloaded = new CountDownLatch(1);

  @Test
  void requestThroughTwoFilters_seesOneConfiguration() throws Exception {
    write("gold");
    try (TomcatServer server = TomcatServer.start("", documents, this::application)) {
      CompletableFuture<HttpResponse<String>> first =
          CompletableFuture.supplyAsync(() -> server.get("/a/1", KEY[0], KEY[1], "wait", "yes"));
      between.await();
      write("none");
      while (server.get("/a/1", KEY).statusCode() != 403) {
        Thread.onSpinWait();
      }
      reloaded.countDown();
      AdmittedRoutesTest.assertRuns(first.get(20, TimeUnit.SECONDS));
      AdmittedRoutesTest.assertRefused(403, server.get("/a/1", KEY));
    }
  }

  private void write(String tier) throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Path next = Files.writeString(directory.resolve("next.yaml"), FILE.formatted(tier));
    Files.move(next, directory.resolve("gatehouse.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void application(Context context) {
    context.addParameter("gatehouse.reload-interval", "1");
    context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
    TestApplications.filter(context, "between", new Pause(), "/*");
    FilterDef second = TestApplications.filter(context, "second", new ConsumerFilter(), "/a/*");
    second.setAsyncSupported("true");
    TestApplications.servlet(context, new ProbeServlet(), "/*");
  }

  /** Stops a request between the two filters until the file was read again. */
  private final class Pause implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (((HttpServletRequest) request).getHeader("wait") != null) {
        between.countDown();
        try {
          reloaded.await();
        } catch (InterruptedException e) {
          throw new ServletException(e);
        }
      }
      chain.doFilter(request, response);
    }
  }
}
