package dev.gatehouse.internal.admin;

import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The resource {@code audit}: changes over the Admin API, newest first. Read-only. */
public record AuditResource(Administration admin) {
  private static final int DEFAULT = 100;

  public AdminResponse answer(AdminRequest ask) {
    if (!ask.method().equals("GET") && !ask.method().equals("HEAD")) {
      return AdminResponse.notSupported(ask.method(), "audit");
    }
    AuditTrail trail =
        admin.audit().orElseThrow(() -> new AdminException(ConsumerResource.FILE_ONLY));
    int size = ask.number("page_size").orElse(DEFAULT);
    if (size < 1 || size > ConsumerRepository.MAX_PAGE) {
      throw AdminException.badRequest(
          "page_size must be between 1 and " + ConsumerRepository.MAX_PAGE);
    }
    List<Map<String, Object>> list =
        trail.latest(before(ask), size).stream().map(AuditResource::shown).toList();
    return AdminResponse.of(200, Map.of("list", list));
  }

  private static OptionalLong before(AdminRequest ask) {
    return ask.first("before")
        .map(
            text -> {
              if (!text.matches("[0-9]{1,18}")) {
                throw AdminException.badRequest("before must be a whole number");
              }
              return OptionalLong.of(Long.parseLong(text));
            })
        .orElse(OptionalLong.empty());
  }

  private static Map<String, Object> shown(AuditTrail.Entry entry) {
    GateEvent.Changed change = entry.change();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("number", entry.number());
    shown.put("at", change.at().toString());
    shown.put("who", change.who());
    shown.put("action", change.action());
    shown.put("resource", change.resource());
    shown.put("status", change.status());
    shown.put("source", change.source());
    return shown;
  }
}
