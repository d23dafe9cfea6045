package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group of Consumers in the database. */
@Entity(name = "GatehouseConsumerGroup")
@Table(name = "gatehouse_consumer_groups")
public class GroupRow {
  @Id
  @Column(name = "group_id", length = 64)
  private String groupId = "";

  @Version private long version;

  @Column(length = 512)
  private @Nullable String name;

  @Column(length = 512)
  private @Nullable String description;

  @Column(nullable = false)
  private String labels = "";

  @Column(nullable = false)
  private String plugins = "";

  @Column(name = "created_at", nullable = false, updatable = false)
  private long createdAt;

  @Column(name = "updated_at", nullable = false)
  private long updatedAt;

  /** For the persistence provider. */
  protected GroupRow() {}

  public GroupRow(String groupId, long now) {
    this.groupId = groupId;
    this.createdAt = now;
  }

  /** Returns a text that differs whenever this row differs. */
  public String tag() {
    return stamp().tag();
  }

  public Stamp stamp() {
    return new Stamp(version, StoredTime.instant(createdAt), StoredTime.instant(updatedAt));
  }

  public void take(ConsumerGroup group, long now) {
    name = StoredText.orNull("name", group.name());
    description = StoredText.orNull("desc", group.description());
    labels = StoredJson.ofLabels(group.labels());
    plugins = StoredJson.ofPlugins(group.plugins());
    updatedAt = now;
  }

  public String id() {
    return groupId;
  }

  /** Sets the same plugins with another encryption. The time of the last change stays. */
  public void reseal(PluginSet sealed) {
    plugins = StoredJson.ofPlugins(sealed);
  }

  public PluginSet plugins(ParseCache parsed) {
    return parsed.plugins(plugins);
  }

  public ConsumerGroup toGroup(ParseCache parsed) {
    return new ConsumerGroup(
        groupId,
        Optional.ofNullable(name),
        Optional.ofNullable(description),
        StoredJson.labels(labels),
        plugins(parsed));
  }
}
