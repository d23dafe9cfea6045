package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The plugin {@code jwt-auth}: a signed token in a header, the query or a cookie. Its other
 * settings are given with {@link Plugin}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("jwt-auth")
public @interface JwtAuth {
  /** The header; {@code authorization} unless set. */
  String header() default "";

  /** The query parameter; {@code jwt} unless set. */
  String query() default "";

  /** The cookie; {@code jwt} unless set. */
  String cookie() default "";

  /** The claim that holds the Credential's key; {@code key} unless set. */
  String keyClaimName() default "";

  /** The realm of the challenge; {@code jwt} unless set. */
  String realm() default "";

  /** Whether the application must not see the credential; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of calls without a credential; none unless set. */
  String anonymousConsumer() default "";
}
