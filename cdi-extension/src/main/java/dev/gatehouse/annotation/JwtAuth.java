package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The plugin {@code jwt-auth}: a signed token in a header, the query or a cookie. Use {@link
 * Plugin} for other settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("jwt-auth")
public @interface JwtAuth {
  /** The name of the header; the default is {@code authorization}. */
  String header() default "";

  /** The name of the query parameter; the default is {@code jwt}. */
  String query() default "";

  /** The name of the cookie; the default is {@code jwt}. */
  String cookie() default "";

  /** The claim with the Credential's key; the default is {@code key}. */
  String keyClaimName() default "";

  /** The realm of the challenge; the default is {@code jwt}. */
  String realm() default "";

  /** Whether the credential is hidden from the application; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of requests without a credential; by default there is none. */
  String anonymousConsumer() default "";
}
