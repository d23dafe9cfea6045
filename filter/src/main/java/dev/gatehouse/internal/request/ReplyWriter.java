package dev.gatehouse.internal.request;

import dev.gatehouse.internal.json.JsonWriter;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Reply;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes refusals: JSON in the form of APISIX, or a problem document (RFC 9457) for clients that
 * accept it by name.
 */
public final class ReplyWriter {
  private static final String PROBLEM = "application/problem+json";
  private static final Pattern NONE = Pattern.compile("q=0(\\.0{0,3})?", Pattern.CASE_INSENSITIVE);
  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          413, "Content Too Large",
          429, "Too Many Requests",
          500, "Internal Server Error",
          503, "Service Unavailable");

  /** The fields that describe a body or a version of it. */
  private static final List<String> CONTENT =
      List.of(
          "Content-Length",
          "Content-Type",
          "Content-Encoding",
          "Content-Language",
          "Content-Location",
          "Content-Disposition",
          "Content-Range",
          "Content-MD5",
          "Content-Digest",
          "Repr-Digest",
          "Digest",
          "ETag",
          "Last-Modified",
          "Expires",
          "Accept-Ranges",
          "Transfer-Encoding",
          "Trailer",
          "Location");

  private ReplyWriter() {}

  /** Writes nothing if the server has answered itself, for example after an incomplete body. */
  public static void write(HttpServletRequest request, HttpServletResponse response, Reply reply)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    clearContent(request, response);
    response.setStatus(reply.status());
    response.setHeader("Cache-Control", "no-store");
    for (Header header : reply.headers()) {
      response.addHeader(header.name(), header.value());
    }
    Reply.Content content = content(request, reply);
    byte[] body = content.text().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      response.setContentType(content.type());
    }
    try {
      response.getOutputStream().write(body);
      response.setContentLength(body.length);
    } catch (IllegalStateException writerInUse) {
      response.getWriter().write(content.text());
    }
    response.flushBuffer();
  }

  /**
   * Removes headers about the application's content. Headers can only be removed together, so the
   * others are set again.
   */
  private static void clearContent(HttpServletRequest request, HttpServletResponse response) {
    boolean described = response.getContentType() != null || isDescribed(response);
    if (!described || request.getDispatcherType() == DispatcherType.INCLUDE) {
      response.resetBuffer();
      return;
    }
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (String name : response.getHeaderNames()) {
      if (CONTENT.stream().noneMatch(name::equalsIgnoreCase)) {
        others.put(name, List.copyOf(response.getHeaders(name)));
      }
    }
    response.reset();
    others.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
  }

  private static boolean isDescribed(HttpServletResponse response) {
    for (String name : CONTENT) {
      if (response.containsHeader(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the body for a client. */
  public static Reply.Content content(HttpServletRequest request, Reply reply) {
    Reply.Content wanted = reply.content();
    if (wanted != null) {
      return wanted;
    }
    return acceptsProblem(request)
        ? new Reply.Content(PROBLEM, problem(reply))
        : new Reply.Content("application/json", json(reply));
  }

  private static String json(Reply reply) {
    return reply.message() == null
        ? ""
        : JsonWriter.write(Map.of(reply.field(), reply.message())) + "\n";
  }

  private static String problem(Reply reply) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", TITLES.getOrDefault(reply.status(), "Refused"));
    problem.put("status", reply.status());
    if (reply.message() != null) {
      problem.put("detail", reply.message());
    }
    return JsonWriter.write(problem) + "\n";
  }

  /** Only a media range with this type counts; {@code q=0} excludes it. */
  private static boolean acceptsProblem(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders("Accept");
    while (headers.hasMoreElements()) {
      String header = headers.nextElement();
      for (int start = 0; start <= header.length() - PROBLEM.length(); ) {
        int end = end(header, start, ',', header.length());
        if (isProblem(header, start, end)) {
          return true;
        }
        start = end + 1;
      }
    }
    return false;
  }

  /** Returns whether a media range accepts a problem document. */
  private static boolean isProblem(String header, int from, int to) {
    int end = end(header, from, ';', to);
    if (!isPart(header, from, end, PROBLEM)) {
      return false;
    }
    for (int start = end + 1; start <= to; start = end + 1) {
      end = end(header, start, ';', to);
      if (end > start && NONE.matcher(header.substring(start, end).strip()).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a trimmed part of a text equals a word, case-insensitively. */
  private static boolean isPart(String text, int from, int to, String word) {
    int start = from;
    while (start < to && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return to - start >= word.length()
        && text.regionMatches(true, start, word, 0, word.length())
        && text.substring(start + word.length(), to).isBlank();
  }

  private static int end(String text, int from, char separator, int to) {
    int at = text.indexOf(separator, from);
    return at < 0 || at > to ? to : at;
  }
}
