package dev.gatehouse.internal.request;

import dev.gatehouse.internal.http.FormBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read before. It replays the bytes as a stream, as a reader or as the
 * parameters of a form.
 *
 * <p>Parts of {@code multipart/form-data} are not supported; the application can parse the stream.
 */
final class ReplayedRequest extends HttpServletRequestWrapper {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final BufferedBody body;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;

  ReplayedRequest(HttpServletRequest request, BufferedBody body) {
    super(request);
    this.body = body;
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader != null) {
      throw new IllegalStateException("getReader was called");
    }
    if (stream == null) {
      stream = new ReplayedInput(body.bytes(), this);
    }
    return stream;
  }

  /** The default is ISO 8859-1 (Servlet 6.0 section 3.12). */
  @Override
  public BufferedReader getReader() throws UnsupportedEncodingException {
    if (reader == null) {
      if (stream != null) {
        throw new IllegalStateException("getInputStream was called");
      }
      String named = getCharacterEncoding();
      reader =
          new BufferedReader(
              new InputStreamReader(
                  new ReplayedInput(body.bytes(), this),
                  named == null ? StandardCharsets.ISO_8859_1.name() : named));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = merged().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = merged().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return merged();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(merged().keySet());
  }

  /** Refused, because what the container would answer is not there any more. */
  @Override
  public Collection<Part> getParts() throws ServletException {
    throw noParts();
  }

  /** Refused, because what the container would answer is not there any more. */
  @Override
  public Part getPart(String name) throws ServletException {
    throw noParts();
  }

  private static ServletException noParts() {
    return new ServletException(
        "a body that hmac-auth has validated is read with getInputStream, not as parts");
  }

  /**
   * Returns query values, followed by those of the form unless the application has read the body.
   */
  private Map<String, String[]> merged() {
    if (parameters == null) {
      Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
      boolean unread = stream == null && reader == null;
      if (unread && isForm()) {
        FormBody.parse(body.bytes(), charset())
            .forEach((name, values) -> all.merge(name, array(values), ReplayedRequest::joined));
      }
      parameters = Collections.unmodifiableMap(all);
    }
    return parameters;
  }

  private boolean isForm() {
    String type = getContentType();
    return type != null
        && "POST".equals(getMethod())
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
  }

  /** Returns the request's charset if the JVM supports it, otherwise UTF-8. */
  private Charset charset() {
    String named = getCharacterEncoding();
    try {
      return named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static String[] array(List<String> values) {
    return values.toArray(String[]::new);
  }

  private static String[] joined(String[] first, String[] second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }
}
