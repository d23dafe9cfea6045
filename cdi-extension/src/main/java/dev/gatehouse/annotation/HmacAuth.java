package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The plugin {@code hmac-auth}: a signature over the request. Use {@link Plugin} for other
 * settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("hmac-auth")
public @interface HmacAuth {
  /** The names that the client must sign; the default depends on the profile. */
  String[] signedHeaders() default {};

  /**
   * The largest difference between the date and the server's clock in seconds, at least 1; the
   * default is 300.
   */
  int clockSkew() default -1;

  /** Whether the body must match a signed digest. */
  boolean validateRequestBody() default false;

  /** The realm of the challenge; the default is {@code hmac}. */
  String realm() default "";

  /** Whether the credential is hidden from the application; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of requests without a credential; by default there is none. */
  String anonymousConsumer() default "";
}
