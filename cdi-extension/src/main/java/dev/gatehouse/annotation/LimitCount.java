package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The plugin {@code limit-count}: a number of requests per window. Use {@link Plugin} for other
 * settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("limit-count")
public @interface LimitCount {
  /** The number of requests per window, at least 1. */
  long count();

  /** The length of the window in seconds, at least 1. */
  long timeWindow();

  /**
   * The key of the counter; the default is {@code remote_addr}. Use {@code consumer_name} to count
   * by Consumer.
   */
  String key() default "";

  /** The status of a refusal, 200 to 599; the default depends on the profile. */
  int rejectedCode() default -1;

  /** The message of a refusal. */
  String rejectedMsg() default "";
}
