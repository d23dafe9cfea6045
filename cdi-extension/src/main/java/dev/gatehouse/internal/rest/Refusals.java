package dev.gatehouse.internal.rest;

import dev.gatehouse.internal.runtime.Endpoints;
import dev.gatehouse.internal.runtime.Endpoints.Written;
import dev.gatehouse.spi.plugin.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Maps a refusal that a bean has thrown to the answer that the filter would send. */
@Provider
public final class Refusals implements ExceptionMapper<RefusedException> {
  @Context private @Nullable HttpServletRequest request;

  /** For the REST implementation. */
  public Refusals() {}

  @Override
  public Response toResponse(RefusedException refused) {
    HttpServletRequest served = request;
    if (served == null) {
      throw new IllegalStateException("REST runs without a servlet container here");
    }
    return response(served, refused);
  }

  static Response response(HttpServletRequest request, RefusedException refused) {
    Written written = Endpoints.written(request, refused.reply());
    Response.ResponseBuilder response = Response.status(written.status());
    written.headers().forEach(header -> response.header(header.name(), header.value()));
    if (written.body().isEmpty()) {
      // Without an entity, Jersey lets the server write its own page.
      return response.type(MediaType.TEXT_PLAIN_TYPE).entity(new byte[0]).build();
    }
    return response.type(written.type()).entity(written.body()).build();
  }
}
