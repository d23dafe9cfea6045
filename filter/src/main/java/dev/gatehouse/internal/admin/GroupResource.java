package dev.gatehouse.internal.admin;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedGroup;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import dev.gatehouse.spi.store.PreconditionFailedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code consumer_groups}: groups of the store, which can be changed, and of the
 * configuration, which cannot.
 */
public record GroupResource(Administration admin) {
  private static final Stamp NO_HISTORY = new Stamp(0, Instant.EPOCH, Instant.EPOCH);
  private static final AdminResponse FIXED =
      AdminResponse.error(
          405, "this consumer group is one of the application's configuration file");

  public AdminResponse answer(AdminRequest ask) {
    Optional<String> id = ask.path().stream().skip(1).findFirst();
    if (ask.path().size() > 2 && !ask.method().equals("PATCH")) {
      return AdminResponse.error(404, "not found");
    }
    return switch (ask.method()) {
      case "GET", "HEAD" -> id.isPresent() ? shown(200, id.get()) : list(ask);
      case "PUT" -> put(ask, id);
      case "PATCH" -> patch(ask, required(id));
      case "DELETE" -> remove(ask, required(id));
      default -> AdminResponse.notSupported(ask.method(), "consumer group");
    };
  }

  private static String required(Optional<String> id) {
    return id.orElseThrow(() -> AdminException.badRequest("missing consumer group id"));
  }

  private ConsumerRepository writable() {
    return ConsumerResource.writable(admin.repository());
  }

  private List<ListedGroup> fixed() {
    return admin.fixedGroups().stream().map(one -> new ListedGroup(one, NO_HISTORY)).toList();
  }

  private Optional<ListedGroup> fixed(String id) {
    return fixed().stream().filter(one -> one.group().id().equals(id)).findFirst();
  }

  /** A group of the configuration hides a group of the store with the same id. */
  private AdminResponse list(AdminRequest ask) {
    ask.refuseOtherParameters("page", "page_size");
    List<ListedGroup> all = new ArrayList<>(fixed());
    admin.repository().listGroups().stream()
        .filter(one -> fixed(one.group().id()).isEmpty())
        .forEach(all::add);
    List<Map<String, Object>> list =
        all.stream()
            .sorted(Comparator.comparing(one -> one.group().id()))
            .map(RecordJson::group)
            .toList();
    return ConsumerListing.page(ask, list);
  }

  private AdminResponse shown(int status, String id) {
    return fixed(id)
        .or(() -> admin.repository().findGroup(id))
        .map(
            found ->
                AdminResponse.of(status, RecordJson.group(found))
                    .with("ETag", '"' + found.stamp().tag() + '"'))
        .orElse(AdminResponse.notFound());
  }

  private AdminResponse put(AdminRequest ask, Optional<String> id) {
    ConsumerRepository writable = writable();
    Map<String, Object> body = JsonBody.present(ask.members());
    Object own = body.get("id");
    if (id.isPresent() && own != null && !id.get().equals(own)) {
      throw AdminException.badRequest("wrong consumer group id");
    }
    String chosen = required(id.or(() -> Optional.ofNullable(own).map(String::valueOf)));
    body.put("id", chosen);
    ConsumerGroup group = group(body);
    refuseFixed(chosen);
    if (ask.onlyIfThere() && writable.findGroup(chosen).isEmpty()) {
      throw new PreconditionFailedException("it is not there");
    }
    boolean created = writable.put(group, ask.precondition());
    return shown(created ? 201 : 200, chosen);
  }

  private ConsumerGroup group(Map<String, Object> body) {
    ConfigProblems mistakes = new ConfigProblems();
    Optional<ConsumerGroup> group = admin.group(body, mistakes);
    ValidationMessages.throwIfAny(mistakes);
    return group.orElseThrow();
  }

  private void refuseFixed(String id) {
    if (fixed(id).isPresent()) {
      throw new AdminException(FIXED);
    }
  }

  private AdminResponse remove(AdminRequest ask, String id) {
    ConsumerRepository writable = writable();
    boolean force = ask.flag("force");
    refuseFixed(id);
    boolean removed = writable.removeGroup(id, ask.precondition(), force);
    return removed
        ? AdminResponse.of(
            200, Map.entry("deleted", "1"), Map.entry("key", RecordJson.groupKey(id)))
        : AdminResponse.notFound();
  }

  /** Returns a merge patch, or the assignment of a value at a path below the group. */
  private static UnaryOperator<Map<String, Object>> patch(AdminRequest ask) {
    List<String> path = ask.path().subList(2, ask.path().size());
    if (path.isEmpty()) {
      Map<String, @Nullable Object> members = ask.members();
      return group -> MergePatch.applied(group, members);
    }
    JsonBody sent =
        ask.body().read().orElseThrow(() -> AdminException.badRequest("missing configurations"));
    Object value = JsonBody.present(String.join(".", path), sent.value());
    return group -> MergePatch.set(group, path, value);
  }

  private AdminResponse patch(AdminRequest ask, String id) {
    ConsumerRepository writable = writable();
    UnaryOperator<Map<String, Object>> patch = patch(ask);
    refuseFixed(id);
    return PatchLoop.run(
        ask,
        () -> writable.findGroup(id),
        ListedGroup::stamp,
        (found, unchanged) -> {
          Map<String, Object> after = patch.apply(RecordJson.members(found.group()));
          if (!id.equals(after.get("id"))) {
            throw AdminException.badRequest("wrong consumer group id");
          }
          boolean unused = writable.put(group(after), unchanged);
          return shown(200, id);
        });
  }
}
