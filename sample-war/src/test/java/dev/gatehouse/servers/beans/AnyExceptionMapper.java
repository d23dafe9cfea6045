package dev.gatehouse.servers.beans;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every exception, as many applications do. */
@Provider
public class AnyExceptionMapper implements ExceptionMapper<Exception> {
  @Override
  public Response toResponse(Exception exception) {
    return Response.status(418).entity("mapped " + exception.getClass().getSimpleName()).build();
  }
}
