package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Consumer in the database. */
@Entity(name = "GatehouseConsumer")
@Table(name = "gatehouse_consumers")
public class ConsumerRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "gatehouse_consumers_seq")
  @SequenceGenerator(
      name = "gatehouse_consumers_seq",
      sequenceName = "gatehouse_consumers_seq",
      allocationSize = 50)
  private @Nullable Long id;

  @Version private long version;

  @Column(nullable = false, updatable = false, length = 512)
  private String username = "";

  @Column(length = 512)
  private @Nullable String description;

  @Column(name = "group_id", length = 64)
  private @Nullable String groupId;

  @ElementCollection
  @CollectionTable(
      name = "gatehouse_consumer_labels",
      joinColumns = @JoinColumn(name = "consumer_id"))
  @MapKeyColumn(name = "label_name", length = 256)
  @Column(name = "label_value", nullable = false, length = 256)
  private Map<String, String> labels = new HashMap<>();

  @Column(nullable = false)
  private String plugins = "";

  @Column(name = "created_at", nullable = false, updatable = false)
  private long createdAt;

  @Column(name = "updated_at", nullable = false)
  private long updatedAt;

  /** For the persistence provider. */
  protected ConsumerRow() {}

  public ConsumerRow(String username, long now) {
    this.username = username;
    this.createdAt = now;
  }

  public long id() {
    return id == null ? 0 : id;
  }

  /** Sets the same plugins with another encryption. The record does not change. */
  public void reseal(PluginSet sealed) {
    plugins = StoredJson.ofPlugins(sealed);
  }

  public String username() {
    return username;
  }

  /** Returns a text that differs whenever this row differs. */
  public String tag() {
    return stamp().tag();
  }

  public Stamp stamp() {
    return new Stamp(version, StoredTime.instant(createdAt), StoredTime.instant(updatedAt));
  }

  public void take(Consumer consumer, long now) {
    description = StoredText.orNull("desc", consumer.description());
    groupId = consumer.group().orElse(null);
    StoredText.replace(labels, StoredText.labels(consumer.labels()));
    plugins = StoredJson.ofPlugins(consumer.plugins());
    updatedAt = now;
  }

  /**
   * Returns the Consumer with labels that were read with this row; its own labels are loaded
   * lazily.
   */
  public Consumer toConsumer(ParseCache parsed, Map<String, String> readTogether) {
    return described(parsed, new Columns(username, description, groupId, plugins), readTogether);
  }

  /** The columns of a Consumer, without its labels; the plugins are JSON. */
  public record Columns(
      String username, @Nullable String description, @Nullable String group, String plugins) {
    /** Reads the four columns from an index on, in this order. */
    public static Columns of(ResultSet row, int at) throws SQLException {
      return new Columns(
          row.getString(at + 1),
          row.getString(at + 2),
          row.getString(at + 3),
          row.getString(at + 4));
    }
  }

  /** Returns the Consumer of a row and its labels. */
  public static Consumer described(ParseCache parsed, Columns columns, Map<String, String> labels) {
    Consumer.Builder consumer =
        Consumer.named(columns.username())
            .labels(labels)
            .plugins(parsed.plugins(columns.plugins()));
    if (columns.description() != null) {
      consumer.description(columns.description());
    }
    if (columns.group() != null) {
      consumer.group(columns.group());
    }
    return consumer.build();
  }
}
