package dev.gatehouse.servers.annotated;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** A resource that no bean archive knows: it has no scope. */
@Path("plain")
public class PlainResource {
  @Context HttpServletRequest request;

  /** For everybody. */
  @GET
  public String open() {
    return "open";
  }

  /** For everybody with a key. */
  @GET
  @Path("guarded")
  @KeyAuth
  public String guarded() {
    return CallerText.by(request, request.getUserPrincipal());
  }

  /** The resources below have annotations of their own. */
  @Path("below")
  public Below below() {
    return new Below(request);
  }

  /** A sub-resource. */
  public static class Below {
    private final HttpServletRequest request;

    Below(HttpServletRequest request) {
      this.request = request;
    }

    /** For everybody with a key. */
    @GET
    @KeyAuth
    public String guarded() {
      return CallerText.by(request, request.getUserPrincipal());
    }
  }
}
