package dev.gatehouse.internal.request;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The application's handler of an upgraded connection, with the permits of the request, which are
 * released when the connection closes.
 *
 * <p>Public because the container creates it. Safe for use by several threads.
 */
public final class UpgradedConnection implements HttpUpgradeHandler {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");
  private static final String ATTRIBUTE = "dev.gatehouse.upgraded";
  private static final String TOMCAT = "org.apache.tomcat.websocket.server.WsHttpUpgradeHandler";

  private final HeldPermits permits = new HeldPermits();
  private volatile @Nullable HttpUpgradeHandler handler;

  /** Called by the container. */
  public UpgradedConnection() {}

  /** Records that a request holds permits, which an upgrade must hold. */
  static void expect(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) == null) {
      request.setAttribute(ATTRIBUTE, new HeldPermits());
    }
  }

  /** Returns the permits of the connection, or null if the request was not upgraded. */
  static @Nullable HeldPermits of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof HeldPermits held && held.isConnected()
        ? held
        : null;
  }

  /**
   * Upgrades a request.
   *
   * <p>A handler with injected fields must be created by the container and cannot hold permits; a
   * warning is logged.
   */
  static <T extends HttpUpgradeHandler> T upgrade(HttpServletRequest request, Class<T> type)
      throws IOException, ServletException {
    if (!(request.getAttribute(ATTRIBUTE) instanceof HeldPermits)) {
      return request.upgrade(type);
    }
    if (type.getName().equals(TOMCAT)) {
      T handler = TomcatWebSocket.upgrade(request, type);
      request.setAttribute(ATTRIBUTE, TomcatWebSocket.permitsOf(handler));
      return handler;
    }
    if (isCreatedByContainer(type)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "limit-conn does not count connections of "
              + type.getName()
              + " after the upgrade: the container creates it");
      return request.upgrade(type);
    }
    T created = create(type);
    UpgradedConnection connection = request.upgrade(UpgradedConnection.class);
    connection.handler = created;
    connection.permits.connect();
    request.setAttribute(ATTRIBUTE, connection.permits);
    return created;
  }

  private static <T> T create(Class<T> type) throws ServletException {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ServletException("cannot create the upgrade handler " + type.getName(), e);
    }
  }

  private static boolean isCreatedByContainer(Class<?> type) {
    boolean constructible =
        Arrays.stream(type.getConstructors()).anyMatch(one -> one.getParameterCount() == 0);
    return !constructible || isInjected(type);
  }

  private static boolean isInjected(Class<?> type) {
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      Stream<AnnotatedElement> members =
          Stream.of(each.getDeclaredFields(), each.getDeclaredMethods(), each.getConstructors())
              .flatMap(Arrays::stream);
      if (members.anyMatch(UpgradedConnection::isAnnotated)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnnotated(AnnotatedElement member) {
    return Arrays.stream(member.getAnnotations())
        .anyMatch(one -> one.annotationType().getName().startsWith("jakarta."));
  }

  @Override
  public void init(WebConnection connection) {
    Objects.requireNonNull(handler, "handler").init(connection);
  }

  @Override
  public void destroy() {
    try {
      HttpUpgradeHandler open = handler;
      if (open != null) {
        open.destroy();
      }
    } finally {
      permits.close();
    }
  }
}
