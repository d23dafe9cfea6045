package dev.gatehouse.internal.admin;

import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedConsumer;
import dev.gatehouse.spi.store.ConsumerRepository.Listing;
import dev.gatehouse.spi.store.ConsumerRepository.Search;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists Consumers, in pages or all of them if there are not too many.
 *
 * <p>In addition to the filters of APISIX a label may have a value, {@code prefix} finds usernames
 * by their beginning, and {@code after} continues after a username, at the same cost anywhere in a
 * long list.
 *
 * @param repository the repository
 */
record ConsumerListing(ConsumerRepository repository) {
  private static final int MIN_PAGE = 10;
  private static final int MAX_UNPAGED = 10_000;

  AdminResponse answer(AdminRequest ask) {
    ask.refuseOtherParameters("page", "page_size", "label", "prefix", "after");
    Search search = search(ask);
    Optional<Integer> page = ask.number("page");
    Optional<Integer> size = pageSize(ask);
    if (size.isPresent() && (page.isPresent() || search.after().isPresent())) {
      long skip = (Math.max(1, page.orElse(1)) - 1L) * size.get();
      return answer(repository.listConsumers(search, skip, size.get()));
    }
    return answer(all(search));
  }

  /** Returns the requested page of a short list, or the whole list. */
  static AdminResponse page(AdminRequest ask, List<Map<String, Object>> all) {
    Optional<Integer> page = ask.number("page");
    Optional<Integer> size = pageSize(ask);
    List<Map<String, Object>> shown = all;
    if (page.isPresent() && size.isPresent()) {
      long skip = (Math.max(1, page.get()) - 1L) * size.get();
      shown = all.stream().skip(skip).limit(size.get()).toList();
    }
    return AdminResponse.of(200, Map.entry("list", shown), Map.entry("total", all.size()));
  }

  private static Optional<Integer> pageSize(AdminRequest ask) {
    Optional<Integer> size = ask.number("page_size");
    if (size.isPresent() && (size.get() < MIN_PAGE || size.get() > ConsumerRepository.MAX_PAGE)) {
      throw AdminException.badRequest(
          "page_size must be between " + MIN_PAGE + " and " + ConsumerRepository.MAX_PAGE);
    }
    return size;
  }

  private Listing all(Search search) {
    List<ListedConsumer> all = new ArrayList<>();
    Listing next = repository.listConsumers(search, 0, ConsumerRepository.MAX_PAGE);
    long total = next.total();
    if (total > MAX_UNPAGED) {
      throw tooMany();
    }
    while (!next.consumers().isEmpty()) {
      all.addAll(next.consumers());
      if (all.size() > MAX_UNPAGED) {
        throw tooMany();
      }
      String last = all.get(all.size() - 1).consumer().username();
      next =
          repository.listConsumers(
              new Search(search.prefix(), search.labels(), Optional.of(last)),
              0,
              ConsumerRepository.MAX_PAGE);
    }
    return new Listing(all, total == Listing.NOT_COUNTED ? all.size() : total);
  }

  private static AdminException tooMany() {
    return AdminException.badRequest(
        "there are more than " + MAX_UNPAGED + " of them: ask with page or after, and page_size");
  }

  private static AdminResponse answer(Listing listing) {
    List<Map<String, Object>> list =
        listing.consumers().stream().map(one -> RecordJson.consumer(one, List.of())).toList();
    return listing.total() == Listing.NOT_COUNTED
        ? AdminResponse.of(200, Map.of("list", list))
        : AdminResponse.of(200, Map.entry("list", list), Map.entry("total", listing.total()));
  }

  private static Search search(AdminRequest ask) {
    Map<String, Optional<String>> labels = new LinkedHashMap<>();
    for (String label : ask.all("label")) {
      int at = label.indexOf('=');
      String name = at < 0 ? label : label.substring(0, at);
      Optional<String> value = at < 0 ? Optional.empty() : Optional.of(label.substring(at + 1));
      if (name.isEmpty() || labels.putIfAbsent(name, value) != null) {
        throw AdminException.badRequest("label must be key or key=value, and each key once");
      }
    }
    if (labels.size() > MIN_PAGE) {
      throw AdminException.badRequest("label must be given " + MIN_PAGE + " times at most");
    }
    return new Search(ask.first("prefix").orElse(""), labels, ask.first("after"));
  }
}
