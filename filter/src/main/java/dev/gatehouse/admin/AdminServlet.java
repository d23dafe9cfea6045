package dev.gatehouse.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.admin.AdminAuthenticator;
import dev.gatehouse.internal.admin.AdminException;
import dev.gatehouse.internal.admin.AdminKey;
import dev.gatehouse.internal.admin.AdminRequest;
import dev.gatehouse.internal.admin.AdminResponse;
import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.internal.admin.AuditResource;
import dev.gatehouse.internal.admin.ConsumerResource;
import dev.gatehouse.internal.admin.CredentialResource;
import dev.gatehouse.internal.admin.ExportResource;
import dev.gatehouse.internal.admin.GeneratedKeys;
import dev.gatehouse.internal.admin.GroupResource;
import dev.gatehouse.internal.admin.ImportResource;
import dev.gatehouse.internal.admin.JsonBody;
import dev.gatehouse.internal.admin.OpenApi;
import dev.gatehouse.internal.admin.RewrapResource;
import dev.gatehouse.internal.admin.SchemaResource;
import dev.gatehouse.internal.admin.UsageResource;
import dev.gatehouse.internal.admin.ValidationMessages;
import dev.gatehouse.internal.json.JsonWriter;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.PreconditionFailedException;
import dev.gatehouse.spi.store.StoreException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The Admin API: manages Consumers and Credentials over HTTP. Callers need a key of {@code
 * gatehouse.admin-keys}; without such keys the API is off.
 *
 * <p>The application maps it to a path without a Route, such as {@code /admin/*}. Safe for use by
 * several threads.
 */
public final class AdminServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.admin");
  private static final int MAX_BYTES = 1_572_864;
  private static final int MAX_IMPORTED = 1 << 23;
  private static final int MAX_SHOWN = 1_000;
  private static final int CREDENTIALS = 2;

  private final transient GeneratedKeys generated = new GeneratedKeys();
  private final transient Semaphore importing = new Semaphore(1);

  /** Called by the container. */
  public AdminServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AdminResponse answer = answer(request);
    response.setStatus(answer.status());
    response.setHeader("Content-Type", "application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-API-VERSION", "v3");
    answer.headers().forEach(response::setHeader);
    byte[] body =
        (JsonWriter.write(answer.body(), secret -> JsonBody.HIDDEN) + "\n").getBytes(UTF_8);
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  private AdminResponse answer(HttpServletRequest request) {
    if (!(getServletContext().getAttribute(Administration.ATTRIBUTE)
        instanceof Administration admin)) {
      return AdminResponse.error(503, "Gatehouse is not configured in this application");
    }
    return mapExceptions(() -> handleAuthenticated(admin, request));
  }

  /** Audits wrong keys, and every change with its final status. */
  private AdminResponse handleAuthenticated(Administration admin, HttpServletRequest request) {
    AdminKey key;
    try {
      key = AdminAuthenticator.enter(admin, request);
    } catch (AdminException refused) {
      if (refused.answer().status() == HttpServletResponse.SC_UNAUTHORIZED) {
        audit(admin, GateEvent.Changed.NOBODY, request, refused.answer());
      }
      throw refused;
    }
    AdminResponse answer = mapExceptions(() -> allowed(admin, request));
    if (!AdminAuthenticator.reads(request)) {
      audit(admin, key.name(), request, answer);
    }
    return answer;
  }

  private static void audit(
      Administration admin, String who, HttpServletRequest request, AdminResponse answer) {
    admin.changed(
        new GateEvent.Changed(
            who,
            plain(request.getMethod()),
            plain(String.valueOf(request.getPathInfo())),
            answer.status(),
            AdminAuthenticator.source(admin, request).address(),
            admin.now()));
  }

  private static String plain(String text) {
    String shown = text.replaceAll("[^A-Za-z0-9_./-]", "?");
    return shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) : shown;
  }

  /** Maps exceptions to responses. */
  private static AdminResponse mapExceptions(Supplier<AdminResponse> work) {
    try {
      return work.get();
    } catch (AdminException refused) {
      return refused.answer();
    } catch (ConfigException e) {
      ConfigProblems mistakes = new ConfigProblems();
      mistakes.addAll(e);
      return wrong(mistakes);
    } catch (ConflictException e) {
      int status = e.kind() == ConflictException.Kind.OVERTAKEN ? 409 : 400;
      return AdminResponse.error(status, String.valueOf(e.getMessage()));
    } catch (PreconditionFailedException e) {
      return AdminResponse.error(412, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the store cannot answer", e);
      return AdminResponse.error(503, "the store cannot answer").with("Retry-After", "1");
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a request to the Admin API failed", e);
      return AdminResponse.error(500, "the request failed");
    }
  }

  private static AdminResponse wrong(ConfigProblems mistakes) {
    try {
      ValidationMessages.throwIfAny(mistakes);
      return AdminResponse.error(400, "invalid configuration");
    } catch (AdminException refused) {
      return refused.answer();
    }
  }

  private AdminResponse allowed(Administration admin, HttpServletRequest request) {
    AdminRequest ask = AdminRequest.of(request, () -> body(request));
    if (ask.path().equals(List.of("openapi.json"))) {
      return OpenApi.answer(ask, request.getContextPath() + request.getServletPath());
    }
    if (ask.path().equals(List.of("rewrap"))) {
      return new RewrapResource(admin.repository()).answer(ask);
    }
    return ask.path().equals(List.of("import"))
        ? imported(admin, request, ask)
        : answer(admin, ask);
  }

  /** Runs one import at a time, because each holds a whole file in memory. */
  private AdminResponse imported(
      Administration admin, HttpServletRequest request, AdminRequest ask) {
    if (!importing.tryAcquire()) {
      return AdminResponse.error(503, "another import is running").with("Retry-After", "5");
    }
    try {
      return new ImportResource(admin, () -> file(request)).answer(ask);
    } finally {
      importing.release();
    }
  }

  private AdminResponse answer(Administration admin, AdminRequest ask) {
    String resource = ask.path().isEmpty() ? "" : ask.path().get(0);
    int depth = ask.path().size();
    boolean credentials = depth > CREDENTIALS && ask.path().get(CREDENTIALS).equals("credentials");
    if (resource.equals("export") && depth == 1) {
      return new ExportResource(admin).answer(ask);
    }
    if (resource.equals("plugins")) {
      return new SchemaResource(admin).plugins(ask);
    }
    if (resource.equals("schema")) {
      return new SchemaResource(admin).schema(ask);
    }
    if (resource.equals("audit") && depth == 1) {
      return new AuditResource(admin).answer(ask);
    }
    if (resource.equals("consumer_groups")) {
      return new GroupResource(admin).answer(ask);
    }
    if (!resource.equals("consumers")) {
      return AdminResponse.unknownResource(resource);
    }
    boolean usage = depth == CREDENTIALS + 1 && ask.path().get(CREDENTIALS).equals("usage");
    if (depth > CREDENTIALS && !credentials && !usage) {
      return AdminResponse.error(404, "not found");
    }
    ConsumerRepository repository = admin.repository();
    if (usage) {
      return new UsageResource(admin, repository).answer(ask, ask.path().get(1));
    }
    return credentials
        ? new CredentialResource(admin, repository, ask.path().get(1), generated).answer(ask)
        : new ConsumerResource(admin, repository).answer(ask);
  }

  private static ImportResource.Sent file(HttpServletRequest request) {
    byte[] bytes = bytes(request, MAX_IMPORTED);
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    boolean yaml = type.matches("(application|text)/(x-)?yaml( *;.*)?");
    if (!yaml && !type.matches("application/json( *;.*)?")) {
      throw new AdminException(
          AdminResponse.error(415, "the body must be application/yaml or application/json"));
    }
    return new ImportResource.Sent(JsonBody.text(bytes), yaml);
  }

  private static Optional<JsonBody> body(HttpServletRequest request) {
    byte[] bytes = bytes(request, MAX_BYTES);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    if (!type.matches("application/(json|merge-patch\\+json)( *;.*)?")) {
      throw new AdminException(AdminResponse.error(415, "the body must be application/json"));
    }
    return Optional.of(JsonBody.read(bytes));
  }

  private static byte[] bytes(HttpServletRequest request, int most) {
    try {
      byte[] bytes = request.getInputStream().readNBytes(most + 1);
      if (bytes.length > most) {
        throw AdminException.badRequest(
            "invalid request body: request size is greater than the maximum size "
                + most
                + " allowed");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
