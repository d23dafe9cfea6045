package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plugin {@code basic-auth}: user and password (RFC 7617). */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("basic-auth")
public @interface BasicAuth {
  /** The realm of the challenge; the default is {@code basic}. */
  String realm() default "";

  /** Whether the credential is hidden from the application; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of requests without a credential; by default there is none. */
  String anonymousConsumer() default "";
}
