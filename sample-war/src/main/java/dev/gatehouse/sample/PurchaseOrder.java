package dev.gatehouse.sample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/** An order of one Consumer. */
@Entity
@Table(name = "orders")
public class PurchaseOrder {
  @Id private String id;

  @Column(nullable = false, updatable = false)
  private String consumer;

  @Column(nullable = false)
  private String item;

  @Column(nullable = false)
  private int quantity;

  @Column(name = "placed_at", nullable = false)
  private OffsetDateTime placedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected PurchaseOrder() {}

  PurchaseOrder(String consumer, String item, int quantity, OffsetDateTime placedAt) {
    this.id = UUID.randomUUID().toString();
    this.consumer = consumer;
    this.item = item;
    this.quantity = quantity;
    this.placedAt = placedAt;
  }

  String id() {
    return id;
  }

  String item() {
    return item;
  }

  int quantity() {
    return quantity;
  }

  OffsetDateTime placedAt() {
    return placedAt;
  }
}
