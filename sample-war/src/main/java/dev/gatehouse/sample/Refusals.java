package dev.gatehouse.sample;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers wrong requests in the same JSON as Gatehouse does, instead of the server's page. */
@Provider
public class Refusals implements ExceptionMapper<WebApplicationException> {
  /** The body of a refusal. */
  static JsonObject message(String text) {
    return Json.createObjectBuilder().add("message", text).build();
  }

  @Override
  public Response toResponse(WebApplicationException refused) {
    Response plain = refused.getResponse();
    if (plain.getStatus() < 400) {
      return plain;
    }
    String reason = plain.getStatusInfo().getReasonPhrase();
    String text = plain.getStatus() == 400 ? String.valueOf(refused.getMessage()) : reason;
    return Response.fromResponse(plain)
        .entity(message(text))
        .type(MediaType.APPLICATION_JSON)
        .build();
  }
}
