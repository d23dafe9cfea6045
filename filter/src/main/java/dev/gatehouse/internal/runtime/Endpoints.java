package dev.gatehouse.internal.runtime;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.request.ApplicationScope;
import dev.gatehouse.internal.request.BufferedBody;
import dev.gatehouse.internal.request.Dispatch;
import dev.gatehouse.internal.request.ReplyWriter;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.RefusedException;
import dev.gatehouse.spi.plugin.Reply;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of annotated endpoints behind the filters: REST resources and CDI beans.
 *
 * <p>The plugins of an endpoint run before its call, for any path, once per request. This requires
 * a filter of Gatehouse around the request, which releases permits and writes refusals. Safe for
 * use by several threads.
 */
public final class Endpoints {
  /** The name of the filter that is added around endpoints if there is no other one. */
  public static final String FILTER = "gatehouse of endpoints";

  private final ApplicationRuntime application;

  private Endpoints(ApplicationRuntime application) {
    this.application = application;
  }

  /**
   * Returns the endpoints of an application.
   *
   * @throws IllegalStateException if no filter of Gatehouse runs in it
   */
  public static Endpoints of(ServletContext context) {
    ApplicationRuntime open = ApplicationRuntime.open(context);
    if (open == null) {
      throw new IllegalStateException(
          "An endpoint has annotations of Gatehouse, and no ConsumerFilter runs in this"
              + " application: declare one in web.xml for all paths.");
    }
    open.expectEndpoints();
    return new Endpoints(open);
  }

  /**
   * Reads the settings of an endpoint, so that problems are found before its first call.
   *
   * @param place the unique name of the endpoint
   * @param plugins JSON settings by plugin name
   * @throws ConfigException with all problems, if there are any
   */
  public void open(String place, Map<String, String> plugins) {
    application.endpoint(place, plugins);
  }

  /**
   * Decides about a call.
   *
   * @return the body of the request if a plugin has read it; the caller must pass it on
   * @throws RefusedException if the call is refused
   * @throws IllegalStateException if the calling thread does not run the request
   */
  public Optional<InputStream> admit(
      String place, Map<String, String> plugins, HttpServletRequest request) {
    ApplicationScope scope = ApplicationScope.of(request);
    Dispatch dispatch = scope.state().current();
    if (dispatch == null) {
      throw new IllegalStateException(
          place
              + " has annotations of Gatehouse and is called on a thread that serves no request of a"
              + " ConsumerFilter, so the caller cannot be identified.");
    }
    FilterRuntime site = application.endpoint(place, plugins).site(request);
    @Nullable BufferedBody before = BufferedBody.of(request);
    Verdict verdict = application.invoker().decide(site, request, scope, null);
    if (verdict instanceof Verdict.Refuse refuse) {
      throw new RefusedException(place, refuse.reply());
    }
    if (verdict instanceof Verdict.Admit admitted) {
      scope.admit(request, admitted.admission());
      dispatch.permits().add(admitted.permits());
      for (Header header : admitted.headers()) {
        dispatch.response().setHeader(header.name(), header.value());
      }
    }
    @Nullable BufferedBody after = BufferedBody.of(request);
    return before != null || after == null ? Optional.empty() : Optional.of(stream(after));
  }

  /** Returns the response of a refusal, for code that writes it without the filter. */
  public static Written written(HttpServletRequest request, Reply reply) {
    Reply.Content content = ReplyWriter.content(request, reply);
    List<Header> headers = new ArrayList<>(reply.headers());
    headers.add(new Header("Cache-Control", "no-store"));
    return new Written(reply.status(), headers, content.type(), content.text());
  }

  /**
   * A response.
   *
   * @param body the body; empty if there is none, in which case the type must be ignored
   */
  public record Written(int status, List<Header> headers, String type, String body) {
    /** Creates a response. */
    public Written {
      headers = List.copyOf(headers);
    }
  }

  private static InputStream stream(BufferedBody body) {
    byte[] bytes = new byte[body.bytes().remaining()];
    body.bytes().duplicate().get(bytes);
    return new ByteArrayInputStream(bytes);
  }
}
