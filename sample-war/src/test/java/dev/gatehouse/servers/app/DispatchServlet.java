package dev.gatehouse.servers.app;

import dev.gatehouse.Consumer;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Serves a request in every way a servlet can and writes the caller at its end. */
@WebServlet(
    urlPatterns = {"/dispatch/*", "/open-dispatch/*"},
    asyncSupported = true)
public class DispatchServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String END = "/dispatch/sync";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String to = request.getParameter("to") == null ? END : request.getParameter("to");
    switch (path(request)) {
      case "/sync" -> response.getWriter().print(said(request));
      case "/forward" -> request.getRequestDispatcher(to).forward(request, response);
      case "/include" -> request.getRequestDispatcher(to).include(request, response);
      case "/async" -> request.startAsync().dispatch(to);
      case "/async-arguments" -> request.startAsync(request, response).dispatch(to);
      case "/start" -> start(request.startAsync());
      case "/thread" -> thread(request.startAsync());
      case "/nio" -> new Echo(request, response).begin();
      case "/error" -> throw new IllegalStateException("broken on purpose");
      case "/failed" -> failed(request, response);
      case "/upgrade" -> upgrade(request, response);
      default -> response.setStatus(404);
    }
  }

  private static String path(HttpServletRequest request) {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    return String.valueOf(
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
            : request.getPathInfo());
  }

  /** Returns the caller as the application sees it, twice. */
  static String said(HttpServletRequest request) {
    return "protected "
        + Consumers.of(request).map(Consumer::username).orElse("null")
        + ' '
        + Views.name(request.getUserPrincipal());
  }

  /** The error page, which requires no key. */
  private static void failed(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean known = Consumers.of(request).isPresent();
    response.getWriter().print(known ? said(request) : "failed for nobody");
  }

  private static void start(AsyncContext async) {
    async.start(() -> finish(async));
  }

  private static void thread(AsyncContext async) {
    new Thread(() -> finish(async)).start();
  }

  private static void finish(AsyncContext async) {
    try {
      async.getResponse().getWriter().print(said((HttpServletRequest) async.getRequest()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      async.complete();
    }
  }

  private static void upgrade(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setStatus(101);
    response.setHeader("Upgrade", "echo");
    response.setHeader("Connection", "Upgrade");
    request.upgrade(Hello.class).greeting = said(request);
  }

  /** Says one thing after an upgrade. */
  public static class Hello implements HttpUpgradeHandler {
    private volatile String greeting = "";

    @Override
    public void init(WebConnection connection) {
      try {
        connection.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void destroy() {}
  }

  /** Reads a body and answers it without blocking. */
  private static final class Echo implements ReadListener, WriteListener {
    private final HttpServletRequest request;
    private final AsyncContext async;
    private final ServletInputStream in;
    private final ServletOutputStream out;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    Echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
      this.request = request;
      this.async = request.startAsync(request, response);
      this.in = request.getInputStream();
      this.out = response.getOutputStream();
    }

    void begin() {
      in.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
      byte[] block = new byte[64];
      int length = 0;
      while (length >= 0 && in.isReady()) {
        length = in.read(block);
        read.write(block, 0, Math.max(length, 0));
      }
    }

    @Override
    public void onAllDataRead() {
      out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
      if (out.isReady()) {
        String text = said(request) + ' ' + read.toString(StandardCharsets.UTF_8);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        async.complete();
      }
    }

    @Override
    public void onError(Throwable t) {
      async.complete();
    }
  }
}
