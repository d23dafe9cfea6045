package dev.gatehouse.bench;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's response with headers and without a body; reused. */
final class BenchHttpResponse extends HttpServletResponseWrapper {
  private final List<String> headers = new ArrayList<>();
  private final ServletOutputStream body = new Body();
  private int status;

  BenchHttpResponse() {
    super(
        (HttpServletResponse)
            Proxy.newProxyInstance(
                BenchHttpResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                }));
  }

  void begin() {
    headers.clear();
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void setHeader(String name, String value) {
    headers.add(name);
  }

  @Override
  public void addHeader(String name, String value) {
    headers.add(name);
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.contains(name);
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public void setContentType(@Nullable String type) {}

  @Override
  public void setContentLength(int length) {}

  @Override
  public ServletOutputStream getOutputStream() {
    return body;
  }

  @Override
  public void resetBuffer() {}

  @Override
  public void flushBuffer() {}

  /** Takes bytes. */
  private static final class Body extends ServletOutputStream {
    @Override
    public void write(int one) {}

    @Override
    public void write(byte[] bytes, int from, int length) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
