package dev.gatehouse.internal.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The description of the Admin API (OpenAPI 3.1), a resource beside this class. */
public final class OpenApi {
  private static final String FILE = "openapi.json";

  private OpenApi() {}

  /**
   * Returns the description.
   *
   * @param base the path of the Admin API on the server
   */
  public static AdminResponse answer(AdminRequest ask, String base) {
    if (!ask.method().equals("GET") && !ask.method().equals("HEAD")) {
      return AdminResponse.notSupported(ask.method(), FILE);
    }
    Map<String, Object> document =
        new LinkedHashMap<>(JsonBody.present(JsonBody.read(bytes()).members()));
    document.put("servers", List.of(Map.of("url", base)));
    return AdminResponse.of(200, document);
  }

  private static byte[] bytes() {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
