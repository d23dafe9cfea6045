package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The plugin {@code hmac-auth}: a signature over the request. Its other settings are given with
 * {@link Plugin}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("hmac-auth")
public @interface HmacAuth {
  /** What must be signed at least; the profile says so unless set. */
  String[] signedHeaders() default {};

  /** Seconds that the date may be away from ours, at least 1; 300 unless set. */
  int clockSkew() default -1;

  /** Whether the body must be signed too. */
  boolean validateRequestBody() default false;

  /** The realm of the challenge; {@code hmac} unless set. */
  String realm() default "";

  /** Whether the application must not see the credential; on servlets only. */
  boolean hideCredentials() default false;

  /** The username of the Consumer of calls without a credential; none unless set. */
  String anonymousConsumer() default "";
}
