package dev.gatehouse.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test's line in docs/servers.md. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Line {
  /** Returns the text of the line. */
  String value();

  /** Returns whether only servers can pass it that bring Jakarta EE. */
  boolean jakartaEe() default false;
}
