package dev.gatehouse.spi.plugin;

import java.util.Objects;

/**
 * A place of the request where a credential may stand, and which is hidden with it.
 *
 * @param kind header, query parameter or cookie
 * @param name the name; headers are compared without case, the others exactly
 */
public record Place(Kind kind, String name) {
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
  public Place {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** A request header. */
  public static Place header(String name) {
    return new Place(Kind.HEADER, name);
  }

  /** A parameter of the query. */
  public static Place query(String name) {
    return new Place(Kind.QUERY, name);
  }

  /** A cookie. */
  public static Place cookie(String name) {
    return new Place(Kind.COOKIE, name);
  }
}
