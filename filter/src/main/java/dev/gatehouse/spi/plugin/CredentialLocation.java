package dev.gatehouse.spi.plugin;

import java.util.Objects;

/**
 * A location of a credential in a request.
 *
 * @param kind header, query parameter or cookie
 * @param name the name; case-insensitive for headers, case-sensitive otherwise
 */
public record CredentialLocation(Kind kind, String name) {
  /** The kinds of locations. */
  public enum Kind {
    /** A request header. */
    HEADER,
    /** A parameter of the query. */
    QUERY,
    /** A cookie. */
    COOKIE
  }

  /** Creates a location. */
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
