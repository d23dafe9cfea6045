package dev.gatehouse.servers.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Answers later, from another thread, which has the application's class loader as servers want. */
@Path("suspended")
@RequestScoped
public class SuspendedResource {
  /** Resumes with the caller. */
  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public void later(@Suspended AsyncResponse later, @Context HttpServletRequest request) {
    String said = DispatchServlet.said(request);
    new Thread(() -> later.resume(said)).start();
  }

  /** Sends the caller as an event. */
  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(
      @Context SseEventSink sink, @Context Sse sse, @Context HttpServletRequest request) {
    String said = DispatchServlet.said(request);
    Runnable sending =
        () -> sink.send(sse.newEvent(said)).whenComplete((sent, failed) -> sink.close());
    new Thread(sending).start();
  }
}
