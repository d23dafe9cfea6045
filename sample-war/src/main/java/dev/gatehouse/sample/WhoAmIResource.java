package dev.gatehouse.sample;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.TreeMap;

/** Tells a caller how the application sees it. */
@Path("/whoami")
@RequestScoped
public class WhoAmIResource {
  private static final List<String> ROLES = List.of("buyer", "auditor");

  @Inject private Consumer consumer;
  @Inject private Credential credential;

  /** The Consumer, its Credential, and what standard Jakarta APIs make of them. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject whoAmI(@Context SecurityContext security) {
    JsonObjectBuilder labels = Json.createObjectBuilder();
    new TreeMap<>(consumer.labels()).forEach(labels::add);
    JsonArrayBuilder roles = Json.createArrayBuilder();
    ROLES.stream().filter(security::isUserInRole).forEach(roles::add);
    return Json.createObjectBuilder()
        .add("consumer", consumer.username())
        .add("credential", credential.name())
        .add("labels", labels)
        .add("principal", security.getUserPrincipal().getName())
        .add("roles", roles)
        .build();
  }
}
