package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plugin {@code basic-auth}: user and password by RFC 7617. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("basic-auth")
public @interface BasicAuth {
  /** The realm of the challenge; {@code basic} unless set. */
  String realm() default "";

  /** Whether the application must not see the credential; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of calls without a credential; none unless set. */
  String anonymousConsumer() default "";
}
