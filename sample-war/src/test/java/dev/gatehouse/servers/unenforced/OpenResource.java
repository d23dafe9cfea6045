package dev.gatehouse.servers.unenforced;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that relies on its application's annotation. */
@Path("open")
public class OpenResource {
  /** Returns what nothing protects. */
  @GET
  public String read() {
    return "protected by nothing";
  }
}
