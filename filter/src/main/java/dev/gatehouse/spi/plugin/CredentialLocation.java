package dev.gatehouse.spi.plugin;

import java.util.Objects;

/**
 * A place of the request where a credential may stand, and which is hidden with it.
 *
 * @param kind header, query parameter or cookie
 * @param name the name; headers are compared without case, the others exactly
 */
public record CredentialLocation(Kind kind, String name) {
  /** The kinds of places. */
  public enum Kind {
    /** A request header. */
    HEADER,
    /** A parameter of the query. */
    QUERY,
    /** A cookie. */
    COOKIE
  }

  /** Both parts are required. */
  public CredentialLocation {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** A request header. */
  public static CredentialLocation header(String name) {
    return new CredentialLocation(Kind.HEADER, name);
  }

  /** A parameter of the query. */
  public static CredentialLocation query(String name) {
    return new CredentialLocation(Kind.QUERY, name);
  }

  /** A cookie. */
  public static CredentialLocation cookie(String name) {
    return new CredentialLocation(Kind.COOKIE, name);
  }
}
