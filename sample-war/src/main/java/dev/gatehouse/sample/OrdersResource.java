package dev.gatehouse.sample;

import dev.gatehouse.Consumer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonCollectors;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The orders of whoever calls: a Consumer sees and adds only its own. */
@Path("/orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrdersResource {
  @Inject private Consumer consumer;
  @Inject private Orders orders;

  /** Lists the Consumer's newest orders. */
  @GET
  public JsonArray list() {
    return orders.newestOf(consumer.username()).stream()
        .map(OrdersResource::json)
        .collect(JsonCollectors.toJsonArray());
  }

  /** One order; somebody else's is not found. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    return orders
        .find(consumer.username(), id)
        .map(order -> Response.ok(json(order)))
        .orElseGet(() -> Response.status(404).entity(message("No such order")))
        .build();
  }

  /** Places an order: {@code {"item": "teapot", "quantity": 2}}. */
  @POST
  public Response place(JsonObject wanted, @Context UriInfo uri) {
    String item = wanted.getString("item", "");
    int quantity = wanted.getInt("quantity", 1);
    if (item.isBlank() || item.length() > 200 || quantity < 1 || quantity > 1000) {
      throw new BadRequestException(
          Response.status(400)
              .entity(message("item must have 1 to 200 characters, quantity be 1 to 1000"))
              .type(MediaType.APPLICATION_JSON)
              .build());
    }
    PurchaseOrder order =
        new PurchaseOrder(
            consumer.username(),
            item,
            quantity,
            OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS));
    orders.add(order);
    return Response.created(uri.getAbsolutePathBuilder().path(order.id()).build())
        .entity(json(order))
        .build();
  }

  private static JsonObject json(PurchaseOrder order) {
    return Json.createObjectBuilder()
        .add("id", order.id())
        .add("item", order.item())
        .add("quantity", order.quantity())
        .add("placed_at", order.placedAt().toInstant().toString())
        .build();
  }

  private static JsonObject message(String text) {
    return Json.createObjectBuilder().add("message", text).build();
  }
}
