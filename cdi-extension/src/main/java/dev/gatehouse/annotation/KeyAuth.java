package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plugin {@code key-auth}: an API key in a header, else in the query. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("key-auth")
public @interface KeyAuth {
  /** The header; {@code apikey} unless set. */
  String header() default "";

  /** The query parameter; {@code apikey} unless set. */
  String query() default "";

  /** The realm of the challenge; {@code key} unless set. */
  String realm() default "";

  /** Whether the application must not see the credential; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of calls without a credential; none unless set. */
  String anonymousConsumer() default "";
}
