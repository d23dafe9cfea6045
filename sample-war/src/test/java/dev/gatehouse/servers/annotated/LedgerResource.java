package dev.gatehouse.servers.annotated;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An open resource in front of a guarded bean. */
@Path("ledger")
@RequestScoped
public class LedgerResource {
  @Inject Ledger ledger;

  /** Returns what the bean allows. */
  @GET
  public String read() {
    return ledger.read();
  }

  /** Returns a public text. */
  @GET
  @Path("title")
  public String title() {
    return ledger.title();
  }
}
