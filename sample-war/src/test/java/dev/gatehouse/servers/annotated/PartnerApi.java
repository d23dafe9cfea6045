package dev.gatehouse.servers.annotated;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;

/** What a resource implements, with the annotations. */
public interface PartnerApi<T> {
  /** For everybody with a key. */
  @GET
  @KeyAuth
  String list();

  /** For everybody with a key. */
  @PUT
  @KeyAuth
  String put(T item);
}
