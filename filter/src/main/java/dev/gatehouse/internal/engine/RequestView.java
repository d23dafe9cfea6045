package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Connection;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.RequestBody;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The view of a request for plugins. Identity headers and attached headers are those of the
 * admission, never those of the client.
 *
 * <p>An underscore of a name also matches a hyphen, as in APISIX. Not safe for use by several
 * threads.
 */
final class RequestView implements GateRequest {
  private final GateRequest request;
  private Admission admission;
  private Runnable beforeBody = () -> {};

  RequestView(GateRequest request, Admission admission) {
    this.request = request;
    this.admission = admission;
  }

  /** Changes the admission of the view. */
  void show(Admission now) {
    admission = now;
  }

  /** Returns the admission of the view. */
  Admission admission() {
    return admission;
  }

  @Override
  public @Nullable String header(String name) {
    if (admission.ownsHeader(name)) {
      return admission.ownHeader(name);
    }
    String value = request.header(name);
    return value == null && name.indexOf('_') >= 0 ? request.header(name.replace('_', '-')) : value;
  }

  @Override
  public List<String> headers(String name) {
    if (admission.ownsHeader(name)) {
      String value = admission.ownHeader(name);
      return value == null ? List.of() : List.of(value);
    }
    List<String> values = request.headers(name);
    return values.isEmpty() && name.indexOf('_') >= 0
        ? request.headers(name.replace('_', '-'))
        : values;
  }

  @Override
  public List<String> headerNames() {
    List<String> names = new ArrayList<>();
    for (String name : request.headerNames()) {
      if (!admission.ownsHeader(name)) {
        names.add(name);
      }
    }
    names.addAll(admission.ownHeaderNames());
    return names;
  }

  @Override
  public String scheme() {
    return request.scheme();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String authority() {
    return request.authority();
  }

  @Override
  public Connection connection() {
    return request.connection();
  }

  @Override
  public @Nullable Object attribute(String name) {
    return request.attribute(name);
  }

  @Override
  public String rawPath() {
    return request.rawPath();
  }

  @Override
  public @Nullable String rawQuery() {
    return request.rawQuery();
  }

  @Override
  public String contextPath() {
    return request.contextPath();
  }

  @Override
  public String servedPath() {
    return request.servedPath();
  }

  @Override
  public List<String> queryValues(String name) {
    return request.queryValues(name);
  }

  @Override
  public List<String> cookies(String name) {
    return request.cookies(name);
  }

  @Override
  public String remoteAddress() {
    return request.remoteAddress();
  }

  /** Sets an action that runs before the body is read, because a client may send it slowly. */
  void beforeBody(Runnable action) {
    beforeBody = action;
  }

  @Override
  public RequestBody body(long most) {
    beforeBody.run();
    return request.body(most);
  }
}
