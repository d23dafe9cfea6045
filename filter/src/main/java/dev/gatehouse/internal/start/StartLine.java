package dev.gatehouse.internal.start;

import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.runtime.ApplicationRuntime;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import java.util.List;

/**
 * The log line about a successful start.
 *
 * @param application the application
 */
record StartLine(ApplicationRuntime application) {
  /** Returns the line. */
  String text() {
    GatehouseProperties settings = application.settings();
    return "Gatehouse started: routes in the file=%d (%s), %s, store=%s, profile=%s, cluster=%s,"
            .formatted(
                application.file().routes().size(),
                application.fileName().orElse("no file"),
                callers(),
                settings.store(),
                settings.profile().settingName(),
                application.joined().isPresent() ? settings.limits().backend() : "none")
        + " container identity=%s, listeners=%s"
            .formatted(application.containerIdentity(), application.listeners());
  }

  /** Returns the number of callers. A database counts its Consumers only. */
  private String callers() {
    if (application.settings().store().equals(GatehouseProperties.MEMORY)) {
      List<ConsumerEntry> all = application.file().consumers();
      int credentials = all.stream().mapToInt(each -> each.credentials().size()).sum();
      return "consumers=%d, credentials=%d".formatted(all.size(), credentials);
    }
    try {
      return "consumers="
          + application.store().listConsumers(ConsumerRepository.Search.ALL, 0, 1).total();
    } catch (StoreException e) {
      return "consumers=unknown, the store does not answer";
    }
  }
}
