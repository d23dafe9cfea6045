package dev.gatehouse.internal.admin;

import dev.gatehouse.Credential;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.PreconditionFailedException;
import dev.gatehouse.spi.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code consumers/{username}/credentials}.
 *
 * @param admin the services of the Admin API
 * @param repository the repository
 * @param username the username of the owner
 * @param generated generates keys that the request does not contain
 */
public record CredentialResource(
    Administration admin, ConsumerRepository repository, String username, GeneratedKeys generated) {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.admin");
  private static final int ID = 3;

  public AdminResponse answer(AdminRequest ask) {
    Optional<String> id = ask.path().stream().skip(ID).findFirst();
    boolean rotates = ask.path().size() == ID + 2 && ask.path().get(ID + 1).equals("rotate");
    if (rotates) {
      return ask.method().equals("POST")
          ? rotate(ask, required(id))
          : AdminResponse.notSupported(ask.method(), "rotate");
    }
    if (ask.path().size() > ID + 1) {
      return AdminResponse.error(404, "not found");
    }
    return switch (ask.method()) {
      case "GET", "HEAD" -> id.isPresent() ? shown(200, id.get()) : list(ask);
      case "PUT" -> put(ask, id);
      case "POST" -> post(ask, id);
      case "PATCH" -> patch(ask, required(id));
      case "DELETE" -> remove(ask, required(id));
      default -> AdminResponse.notSupported(ask.method(), "credential");
    };
  }

  private static String required(Optional<String> id) {
    return id.orElseThrow(() -> AdminException.badRequest("missing credential id"));
  }

  private ConsumerRepository writable() {
    return ConsumerResource.writable(repository);
  }

  private List<ListedCredential> named() {
    return repository.listCredentials(username).stream()
        .filter(one -> !one.entry().credential().inline())
        .toList();
  }

  private Optional<ListedCredential> found(String id) {
    return named().stream().filter(one -> one.entry().credential().id().equals(id)).findFirst();
  }

  private AdminResponse list(AdminRequest ask) {
    ask.refuseOtherParameters("page", "page_size");
    List<Map<String, Object>> list =
        named().stream().map(one -> RecordJson.credential(username, one)).toList();
    return list.isEmpty() ? AdminResponse.notFound() : ConsumerListing.page(ask, list);
  }

  private AdminResponse shown(int status, String id) {
    return found(id)
        .map(
            one ->
                AdminResponse.of(status, RecordJson.credential(username, one))
                    .with("ETag", '"' + one.stamp().tag() + '"'))
        .orElse(AdminResponse.notFound());
  }

  /**
   * Returns the written Credential as stored. If it was removed meanwhile or the store does not
   * answer, it has no times; a generated key is returned in any case, because it is shown only
   * here.
   */
  private AdminResponse shown(int status, CredentialEntry written) {
    Credential credential = written.credential();
    try {
      AdminResponse stored = shown(status, credential.id());
      if (stored.status() == status) {
        return stored;
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "what was written could not be read back: {0}", e);
    }
    Map<String, Object> value = RecordJson.members(credential);
    value.put("plugins", Map.of(credential.plugin(), Map.of()));
    return AdminResponse.of(
        status,
        Map.entry("key", RecordJson.key(username, credential.id())),
        Map.entry("value", value));
  }

  private AdminResponse put(AdminRequest ask, Optional<String> id) {
    ConsumerRepository writable = writable();
    Map<String, Object> body = JsonBody.present(ask.members());
    String chosen = id(id, body);
    body.put("id", chosen);
    CredentialEntry entry = entry(body);
    if (ask.onlyIfThere() && found(chosen).isEmpty()) {
      throw new PreconditionFailedException("it is not there");
    }
    boolean created = written(writable, entry, ask.precondition());
    return shown(created ? 201 : 200, entry);
  }

  private static String id(Optional<String> path, Map<String, Object> body) {
    Object own = body.get("id");
    if (path.isPresent() && own != null && !path.get().equals(String.valueOf(own))) {
      throw AdminException.badRequest("wrong credential id");
    }
    return path.or(() -> Optional.ofNullable(own).map(String::valueOf))
        .orElseThrow(() -> AdminException.badRequest("missing credential id"));
  }

  /** Runs after all other checks, as in APISIX. */
  private boolean written(
      ConsumerRepository writable, CredentialEntry entry, Precondition precondition) {
    if (repository.findConsumer(username).isEmpty()) {
      throw new AdminException(AdminResponse.error(404, "consumer not found"));
    }
    return underOwner(() -> writable.put(username, entry, precondition));
  }

  /** Handles an owner that is removed between its check and the write. */
  private <T> T underOwner(Supplier<T> write) {
    try {
      return write.get();
    } catch (ConflictException e) {
      if (e.kind() == ConflictException.Kind.NO_OWNER) {
        throw new AdminException(AdminResponse.error(404, "consumer not found"));
      }
      throw e;
    }
  }

  private CredentialEntry entry(Map<String, Object> body) {
    String plugin = plugin(body);
    if (!admin.credentialPlugins().contains(plugin) && admin.plugins().contains(plugin)) {
      throw AdminException.badRequest("only supports auth type plugins in consumer credential");
    }
    ConfigProblems mistakes = new ConfigProblems();
    Optional<CredentialEntry> entry = admin.credential(username, body, mistakes);
    ValidationMessages.throwIfAny(mistakes);
    return entry.orElseThrow();
  }

  private static String plugin(Map<String, Object> body) {
    if (!(body.get("plugins") instanceof Map<?, ?> plugins) || plugins.isEmpty()) {
      throw AdminException.badRequest(
          "invalid configuration: property \"plugins\" validation failed: expect object to have at"
              + " least 1 properties");
    }
    if (plugins.size() > 1) {
      throw AdminException.badRequest(
          "invalid configuration: property \"plugins\" validation failed: expect object to have at"
              + " most 1 properties");
    }
    return String.valueOf(plugins.keySet().iterator().next());
  }

  private AdminResponse post(AdminRequest ask, Optional<String> id) {
    if (id.isPresent()) {
      return AdminResponse.notSupported("POST", "credential");
    }
    Map<String, Object> body = JsonBody.present(ask.members());
    body.putIfAbsent("id", generated.id());
    ConsumerRepository writable = writable();
    return created(
        body,
        entry -> {
          boolean unused = written(writable, entry, Precondition.absent());
        });
  }

  /** Returns the generated key. It is shown only once. */
  private AdminResponse created(Map<String, Object> body, Consumer<CredentialEntry> writing) {
    String plugin = plugin(body);
    Map<String, Object> sent = settings(body, plugin);
    Map<String, Object> complete = generated.completed(plugin, sent);
    body.put("plugins", Map.of(plugin, complete));
    CredentialEntry entry = entry(body);
    writing.accept(entry);
    AdminResponse answer = shown(201, entry);
    Map<String, Object> shown = new LinkedHashMap<>(answer.body());
    shown.put("generated", GeneratedKeys.added(sent, complete));
    return new AdminResponse(answer.status(), shown, answer.headers());
  }

  private static Map<String, Object> settings(Map<String, Object> body, String plugin) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (body.get("plugins") instanceof Map<?, ?> plugins
        && plugins.get(plugin) instanceof Map<?, ?> sent) {
      sent.forEach((name, value) -> settings.put((String) name, value));
      return settings;
    }
    throw AdminException.badRequest(
        "invalid plugins configuration: invalid plugin conf for plugin [" + plugin + "]");
  }

  private AdminResponse rotate(AdminRequest ask, String id) {
    ConsumerRepository writable = writable();
    Optional<ListedCredential> old = found(id);
    return old.isEmpty()
        ? AdminResponse.notFound()
        : new CredentialRotation(admin, username, old.get(), generated)
            .answer(ask, (body, ending) -> created(body, entry -> rotate(writable, entry, ending)));
  }

  private void rotate(
      ConsumerRepository writable, CredentialEntry entry, CredentialRotation.Ending ending) {
    boolean unused =
        underOwner(
            () -> {
              writable.rotate(username, entry, ending.entry(), ending.precondition());
              return true;
            });
  }

  private AdminResponse remove(AdminRequest ask, String id) {
    ConsumerRepository writable = writable();
    boolean removed = !id.startsWith("~") && writable.remove(username, id, ask.precondition());
    return removed
        ? AdminResponse.of(
            200, Map.entry("deleted", "1"), Map.entry("key", RecordJson.key(username, id)))
        : AdminResponse.notFound();
  }

  private AdminResponse patch(AdminRequest ask, String id) {
    ConsumerRepository writable = writable();
    Map<String, @Nullable Object> patch = ask.members();
    return PatchLoop.run(
        ask,
        () -> found(id),
        ListedCredential::stamp,
        (found, unchanged) -> {
          boolean unused = written(writable, patched(found, patch), unchanged);
          return shown(200, id);
        });
  }

  /** The secret stays unless the patch contains a plugin, because responses do not contain it. */
  private CredentialEntry patched(ListedCredential found, Map<String, @Nullable Object> patch) {
    Credential credential = found.entry().credential();
    Map<String, Object> after = MergePatch.applied(RecordJson.members(credential), patch);
    if (!credential.id().equals(after.get("id"))) {
      throw AdminException.badRequest("wrong credential id");
    }
    if (patch.containsKey("plugins")) {
      return entry(after);
    }
    if (!found.readable()) {
      throw AdminException.badRequest(
          "the secret of this credential cannot be read: PUT it, or PATCH its plugins too");
    }
    ConfigProblems mistakes = new ConfigProblems();
    Optional<Credential> described = admin.described(credential.plugin(), after, mistakes);
    ValidationMessages.throwIfAny(mistakes);
    return new CredentialEntry(
        described.orElseThrow(), found.entry().lookup(), found.entry().settings());
  }
}
