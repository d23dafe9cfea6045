package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plugin {@code key-auth}: an API key in a header or in the query. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("key-auth")
public @interface KeyAuth {
  /** The name of the header; the default is {@code apikey}. */
  String header() default "";

  /** The name of the query parameter; the default is {@code apikey}. */
  String query() default "";

  /** The realm of the challenge; the default is {@code key}. */
  String realm() default "";

  /** Whether the credential is hidden from the application; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of requests without a credential; by default there is none. */
  String anonymousConsumer() default "";
}
