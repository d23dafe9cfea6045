package dev.gatehouse.servers.unenforced;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that is no bean and whose locator has an annotation. */
@Path("locating")
public class LocatorResource {
  /** For all with a key. */
  @Path("below")
  @KeyAuth
  public Below below() {
    return new Below();
  }

  /** A sub-resource without annotations. */
  public static class Below {
    /** Returns what nothing protects. */
    @GET
    public String read() {
      return "protected by nothing";
    }
  }
}
