package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Credential in the database. */
@Entity(name = "GatehouseCredential")
@Table(name = "gatehouse_credentials")
public class CredentialRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "gatehouse_credentials_seq")
  @SequenceGenerator(
      name = "gatehouse_credentials_seq",
      sequenceName = "gatehouse_credentials_seq",
      allocationSize = 50)
  private @Nullable Long id;

  @Version private long version;

  @ManyToOne(optional = false)
  @JoinColumn(name = "consumer_id", nullable = false, updatable = false)
  private ConsumerRow consumer = new ConsumerRow();

  @Column(name = "credential_id", nullable = false, updatable = false, length = 64)
  private String credentialId = "";

  @Column(nullable = false, length = 512)
  private String name = "";

  @Column(nullable = false, length = 128)
  private String plugin = "";

  @Column(nullable = false, length = LookupKey.BYTES)
  private byte[] lookup = new byte[0];

  @Column(length = 512)
  private @Nullable String description;

  @Column(nullable = false)
  private String labels = "";

  @Column(nullable = false)
  private String settings = "";

  @Column(name = "not_before")
  private @Nullable Long notBefore;

  @Column(name = "expires_at")
  private @Nullable Long expiresAt;

  @Column(nullable = false)
  private boolean disabled;

  @Column(name = "last_used_at")
  private @Nullable Long lastUsedAt;

  @Column(name = "created_at", nullable = false, updatable = false)
  private long createdAt;

  @Column(name = "updated_at", nullable = false)
  private long updatedAt;

  /** For the persistence provider. */
  protected CredentialRow() {}

  public CredentialRow(ConsumerRow consumer, String credentialId, History history) {
    this.consumer = consumer;
    this.credentialId = credentialId;
    this.createdAt = history.createdAt();
    this.lastUsedAt = history.lastUsedAt();
  }

  /** The values that survive the replacement of a row. */
  public record History(long createdAt, @Nullable Long lastUsedAt) {
    public static History startingAt(long now) {
      return new History(now, null);
    }
  }

  public String credentialId() {
    return credentialId;
  }

  String name() {
    return name;
  }

  public String owner() {
    return consumer.username();
  }

  /** Returns a text that differs whenever this row differs. */
  public String tag() {
    return stamp().tag();
  }

  public Stamp stamp() {
    return new Stamp(version, StoredTime.instant(createdAt), StoredTime.instant(updatedAt));
  }

  public Optional<Instant> lastUsed() {
    return Optional.ofNullable(lastUsedAt).map(StoredTime::instant);
  }

  public boolean isInline() {
    return credentialId.equals(Credential.inlineId(plugin));
  }

  public void take(CredentialEntry entry, long now) {
    Credential credential = entry.credential();
    name = StoredText.checked("name", credential.name());
    plugin = credential.plugin();
    lookup = entry.lookup().bytes();
    description = StoredText.orNull("desc", credential.description());
    labels = StoredJson.ofLabels(credential.labels());
    settings = StoredJson.ofSettings("plugins." + plugin, entry.settings());
    notBefore = StoredTime.orNull(credential.notBefore());
    expiresAt = StoredTime.orNull(credential.expiresAt());
    disabled = credential.disabled();
    updatedAt = now;
  }

  public boolean isFoundUnder(LookupKey key) {
    return Arrays.equals(lookup, key.bytes());
  }

  public void move(LookupKey to, long now) {
    lookup = to.bytes();
    updatedAt = now;
  }

  public long id() {
    return id == null ? 0 : id;
  }

  /** Adds the place of this Credential to the changes. */
  public void addTo(ChangeLog changed) {
    changed.credential(plugin, lookup);
  }

  /** Sets the same settings with another encryption. The record does not change. */
  public void reseal(PluginSettings sealed) {
    settings = StoredJson.ofSettings("plugins." + plugin, sealed);
  }

  public void renew(PluginSettings kept, long now) {
    settings = StoredJson.ofSettings("plugins." + plugin, kept);
    updatedAt = now;
  }

  /** Returns the Credential without the columns that may be damaged. */
  public Credential bare() {
    return Credential.of(credentialId, plugin).name(name).disabled(disabled).build();
  }

  public LookupKey place() {
    return LookupKey.of(lookup);
  }

  /** Returns the Credential with its sealed settings. */
  public CredentialEntry toEntry(ParseCache parsed) {
    CredentialColumns columns =
        new CredentialColumns(
            credentialId, plugin, name, description, labels, notBefore, expiresAt, disabled);
    return new CredentialEntry(
        columns.toCredential(parsed), LookupKey.of(lookup), parsed.settings(settings));
  }
}
