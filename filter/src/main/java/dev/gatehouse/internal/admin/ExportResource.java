package dev.gatehouse.internal.admin;

import dev.gatehouse.Credential;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The resource {@code export}: Consumers in the form of {@link ImportResource}, in pages.
 *
 * <p>Secrets are omitted unless {@code stored=true} requests the stored form: keys as digests,
 * passwords as hashes, other secrets encrypted. It is meant for backups and requires the role
 * admin.
 */
public record ExportResource(Administration admin) {
  private static final int DEFAULT = 100;

  public AdminResponse answer(AdminRequest ask) {
    if (!ask.method().equals("POST")) {
      return AdminResponse.notSupported(ask.method(), "export");
    }
    ConsumerRepository repository = ConsumerResource.writable(admin.repository());
    int size = ask.number("page_size").orElse(DEFAULT);
    if (size < 1 || size > ConsumerRepository.MAX_PAGE) {
      throw AdminException.badRequest(
          "page_size must be between 1 and " + ConsumerRepository.MAX_PAGE);
    }
    boolean stored = ask.flag("stored");
    List<ConsumerEntry> entries = repository.exportPage(ask.first("after"), size);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("consumers", entries.stream().map(one -> consumer(one, stored)).toList());
    if (entries.size() == size) {
      body.put("after", entries.get(size - 1).consumer().username());
    }
    return AdminResponse.of(200, body);
  }

  private static Map<String, Object> consumer(ConsumerEntry entry, boolean stored) {
    Map<String, Object> consumer = RecordJson.members(entry.consumer());
    Map<String, Object> plugins = new LinkedHashMap<>();
    entry
        .consumer()
        .plugins()
        .asMap()
        .forEach(
            (name, all) ->
                plugins.put(name, stored ? all.values() : RecordJson.masked(all.values())));
    if (!plugins.isEmpty()) {
      consumer.put("plugins", plugins);
    }
    if (!entry.credentials().isEmpty()) {
      consumer.put(
          "credentials", entry.credentials().stream().map(one -> credential(one, stored)).toList());
    }
    return consumer;
  }

  private static Map<String, Object> credential(CredentialEntry entry, boolean stored) {
    Credential credential = entry.credential();
    Map<String, Object> shown = RecordJson.members(credential);
    shown.put("plugins", Map.of(credential.plugin(), Map.of()));
    if (stored) {
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("lookup", HexFormat.of().formatHex(entry.lookup().bytes()));
      form.put("settings", entry.settings().values());
      shown.put("stored", form);
    }
    return shown;
  }
}
