package dev.gatehouse.internal.admin;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedConsumer;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.PreconditionFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code consumers}.
 *
 * @param admin the services of the Admin API
 * @param repository the repository
 */
public record ConsumerResource(Administration admin, ConsumerRepository repository) {
  public AdminResponse answer(AdminRequest ask) {
    Optional<String> username = ask.path().stream().skip(1).findFirst();
    return switch (ask.method()) {
      case "GET", "HEAD" ->
          username.isPresent()
              ? shown(username.get())
              : new ConsumerListing(repository).answer(ask);
      case "PUT" -> put(ask, username);
      case "DELETE" -> remove(ask, username);
      case "PATCH" -> patch(ask, username);
      default -> AdminResponse.notSupported(ask.method(), "consumer");
    };
  }

  private AdminResponse shown(String username) {
    return repository
        .findConsumer(username)
        .map(found -> shown(200, found))
        .orElse(AdminResponse.notFound());
  }

  private AdminResponse shown(int status, ListedConsumer found) {
    return AdminResponse.of(
            status,
            RecordJson.consumer(found, repository.listCredentials(found.consumer().username())))
        .with("ETag", '"' + found.stamp().tag() + '"');
  }

  static final AdminResponse FILE_ONLY =
      AdminResponse.error(
          405, "the consumers of this application are those of its configuration file");

  /**
   * Returns the repository if it is persistent.
   *
   * @throws AdminException with 405 if its Consumers come from the configuration file
   */
  public static ConsumerRepository writable(ConsumerRepository repository) {
    if (!repository.isPersistent()) {
      throw new AdminException(FILE_ONLY);
    }
    return repository;
  }

  private AdminResponse put(AdminRequest ask, Optional<String> username) {
    ConsumerRepository writable = writable(repository);
    ConsumerEntry entry = entry(JsonBody.present(ask.members()), username);
    String name = entry.consumer().username();
    if (ask.onlyIfThere() && repository.findConsumer(name).isEmpty()) {
      throw new PreconditionFailedException("it is not there");
    }
    boolean created = writable.put(entry, ask.precondition());
    int status = created ? 201 : 200;
    return repository
        .findConsumer(name)
        .map(found -> shown(status, found))
        .orElseGet(() -> written(status, entry));
  }

  /** Returns the response to a write after which another request removed the Consumer. */
  private static AdminResponse written(int status, ConsumerEntry entry) {
    Map<String, Object> value = RecordJson.members(entry.consumer());
    return AdminResponse.of(
        status,
        Map.entry("key", RecordJson.key(entry.consumer().username())),
        Map.entry("value", value));
  }

  private ConsumerEntry entry(Map<String, Object> members, Optional<String> username) {
    Map<String, Object> body = new LinkedHashMap<>(members);
    if (String.valueOf(body.get("username")).equals(body.get("id"))) {
      body.remove("id");
    }
    ConfigProblems mistakes = new ConfigProblems();
    Optional<ConsumerEntry> entry = admin.consumer(body, mistakes);
    refuseOtherGroup(mistakes, body);
    ValidationMessages.throwIfAny(mistakes);
    ConsumerEntry read = entry.orElseThrow();
    if (username.isPresent() && !username.get().equals(read.consumer().username())) {
      throw AdminException.badRequest("wrong username");
    }
    return read;
  }

  private static void refuseOtherGroup(ConfigProblems mistakes, Map<String, Object> body) {
    boolean onlyGroup =
        mistakes.found().size() == 1
            && mistakes.found().get(0).path().equals("group_id")
            && mistakes.found().get(0).code() == ConfigProblem.Code.UNKNOWN_GROUP;
    if (onlyGroup) {
      throw AdminException.badRequest(
          "failed to fetch consumer group info by consumer group id ["
              + body.get("group_id")
              + "], response code: 404");
    }
  }

  private AdminResponse remove(AdminRequest ask, Optional<String> username) {
    ConsumerRepository writable = writable(repository);
    if (username.isEmpty()) {
      throw AdminException.badRequest("missing username");
    }
    boolean removed = writable.remove(username.get(), ask.precondition());
    return removed
        ? AdminResponse.of(
            200, Map.entry("deleted", "1"), Map.entry("key", RecordJson.key(username.get())))
        : AdminResponse.notFound();
  }

  private AdminResponse patch(AdminRequest ask, Optional<String> username) {
    ConsumerRepository writable = writable(repository);
    if (username.isEmpty()) {
      throw AdminException.badRequest("missing username");
    }
    Map<String, @Nullable Object> patch = ask.members();
    return PatchLoop.run(
        ask,
        () -> repository.findConsumer(username.get()),
        ListedConsumer::stamp,
        (found, unchanged) -> {
          boolean unused = writable.put(patched(found, patch), unchanged);
          return shown(username.get());
        });
  }

  /**
   * Inline Credentials stay unless the patch contains them, because responses do not contain them.
   */
  private ConsumerEntry patched(ListedConsumer found, Map<String, @Nullable Object> patch) {
    if (!found.readable()) {
      throw unreadable();
    }
    Map<String, Object> before = RecordJson.members(found.consumer());
    Map<String, Object> plugins = new LinkedHashMap<>();
    found.consumer().plugins().asMap().forEach((name, all) -> plugins.put(name, all.values()));
    before.put("plugins", plugins);
    Map<String, Object> after = MergePatch.applied(before, patch);
    ConsumerEntry entry = entry(after, Optional.of(found.consumer().username()));
    List<CredentialEntry> credentials = new ArrayList<>(entry.credentials());
    repository.listCredentials(found.consumer().username()).stream()
        .filter(one -> one.entry().credential().inline())
        .filter(one -> !named(patch, one.entry().credential().plugin()))
        .forEach(
            one -> {
              if (!one.readable()) {
                throw unreadable();
              }
              credentials.add(one.entry());
            });
    return new ConsumerEntry(entry.consumer(), credentials);
  }

  private static AdminException unreadable() {
    return AdminException.badRequest(
        "a secret of this consumer cannot be read: PUT it with all its plugins");
  }

  private static boolean named(Map<String, @Nullable Object> patch, String plugin) {
    return patch.containsKey("plugins")
        && (!(patch.get("plugins") instanceof Map<?, ?> plugins) || plugins.containsKey(plugin));
  }
}
