package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.Consumers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what an access log shows about the caller, on a real Tomcat. */
class AccessLogTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void requestAttribute_namesTheConsumer(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.credential("one", "key-auth", "{\"key\": \"good\"}"))
            .build();
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gate", filter, "/*");
              TestApplications.servlet(context, new ProbeServlet(), "/*");
              AbstractAccessLogValve log =
                  new AbstractAccessLogValve() {
                    @Override
                    protected void log(java.io.CharArrayWriter message) {
                      lines.add(message.toString());
                    }
                  };
              log.setPattern("%s %{" + Consumers.USERNAME + "}r");
              context.getPipeline().addValve(log);
            })) {
      assertEquals(200, server.get("/1", "apikey", "good").statusCode());
      assertEquals(401, server.get("/1", "apikey", "bad").statusCode());
    }
    assertEquals(List.of("200 acme", "401 -"), lines);
  }
}
