package dev.gatehouse.servers.annotated;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** A resource that is annotated at the class, and at methods more strictly. */
@Path("guarded")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
@KeyAuth
public class GuardedResource {
  @Context HttpServletRequest request;
  @Context SecurityContext security;
  @Inject dev.gatehouse.Consumer consumer;

  /** For everybody with a key. */
  @GET
  public String get() {
    return CallerText.by(request, security.getUserPrincipal()) + ' ' + consumer.username();
  }

  /** For readers alone. */
  @GET
  @Path("readers")
  @Acl(allow = "roles:reader")
  public String readers() {
    return get();
  }

  /** Twice in ten minutes. */
  @GET
  @Path("limited")
  @LimitCount(count = 2, timeWindow = 600, key = "consumer_name")
  public String limited() {
    return get();
  }

  /** Answers later. */
  @GET
  @Path("later")
  public void later(@Suspended AsyncResponse later) {
    String said = get();
    new Thread(() -> later.resume(said)).start();
  }

  /** Says what was sent. */
  @POST
  public String post(String body) {
    return get() + ' ' + body;
  }
}
