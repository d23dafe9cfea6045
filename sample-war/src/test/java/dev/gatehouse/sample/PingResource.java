package dev.gatehouse.sample;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Answers every request that reaches it, whatever path has led to it. */
@Path("views")
public class PingResource {
  /** Returns the protected body. */
  @GET
  public String views() {
    return "protected";
  }
}
