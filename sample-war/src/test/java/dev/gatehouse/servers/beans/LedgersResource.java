package dev.gatehouse.servers.beans;

import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Calls each of the beans. */
@Path("ledgers")
@RequestScoped
public class LedgersResource {
  @Inject StatelessLedger stateless;
  @Inject StatefulLedger stateful;
  @Inject SingletonLedger singleton;
  @Inject SessionLedger session;
  @Inject AsynchronousLedger asynchronous;

  /** Returns what a bean allows to all callers with a key. */
  @GET
  @Path("{kind}")
  public String read(@PathParam("kind") String kind) throws Exception {
    return switch (kind) {
      case "stateless" -> stateless.read();
      case "stateful" -> stateful.read();
      case "singleton" -> singleton.read();
      case "session" -> session.read();
      default -> asynchronous.read().get();
    };
  }

  /** Returns what a bean allows to admins. */
  @GET
  @Path("{kind}/audit")
  public String audit(@PathParam("kind") String kind) {
    return switch (kind) {
      case "stateless" -> stateless.audit();
      case "stateful" -> stateful.audit();
      case "singleton" -> singleton.audit();
      default -> session.audit();
    };
  }

  /** Once in ten minutes. */
  @GET
  @Path("limited/once")
  @KeyAuth
  @LimitCount(count = 1, timeWindow = 600, key = "consumer_name")
  public String limited() {
    return "protected once";
  }
}
