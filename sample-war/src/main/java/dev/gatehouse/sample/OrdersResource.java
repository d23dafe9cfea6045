package dev.gatehouse.sample;

import dev.gatehouse.Consumer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
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
import java.io.StringReader;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The orders of whoever calls: a Consumer sees and adds only its own. */
@Path("/orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrdersResource {
  private static final int MAX_ITEM_LENGTH = 200;
  private static final int MAX = 1000;

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
        .orElseGet(() -> Response.status(404).entity(Refusals.message("No such order")))
        .build();
  }

  /** Places an order: {@code {"item": "teapot", "quantity": 2}}. */
  @POST
  public Response place(String body, @Context UriInfo uri) {
    JsonObject wanted = object(body);
    PurchaseOrder order =
        new PurchaseOrder(
            consumer.username(),
            item(wanted.get("item")),
            quantity(wanted.get("quantity")),
            OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS));
    orders.add(order);
    return Response.created(uri.getAbsolutePathBuilder().path(order.id()).build())
        .entity(json(order))
        .build();
  }

  private static JsonObject object(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new BadRequestException("the body must be a JSON object", e);
    }
  }

  private static String item(@Nullable JsonValue value) {
    if (value instanceof JsonString text
        && !text.getString().isBlank()
        && text.getString().length() <= MAX_ITEM_LENGTH) {
      return text.getString();
    }
    throw new BadRequestException("item must be a text of 1 to " + MAX_ITEM_LENGTH + " characters");
  }

  private static int quantity(@Nullable JsonValue value) {
    if (value == null) {
      return 1;
    }
    if (value instanceof JsonNumber number && number.isIntegral()) {
      BigInteger whole = number.bigIntegerValue();
      if (whole.signum() > 0 && whole.compareTo(BigInteger.valueOf(MAX)) <= 0) {
        return whole.intValue();
      }
    }
    throw new BadRequestException("quantity must be a whole number from 1 to " + MAX);
  }

  private static JsonObject json(PurchaseOrder order) {
    return Json.createObjectBuilder()
        .add("id", order.id())
        .add("item", order.item())
        .add("quantity", order.quantity())
        .add("placed_at", order.placedAt().toInstant().toString())
        .build();
  }
}
