package dev.gatehouse.sample;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Looks protected and is not, because nothing heeds an annotation there. */
@Path("/misplaced")
@RequestScoped
public class MisplacedResource {
  /** Would be open to everybody. */
  @GET
  @KeyAuth
  public String get() {
    return "open to everybody";
  }
}
