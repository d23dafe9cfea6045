package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The plugin {@code limit-count}: so many requests in a window. Its other settings are given with
 * {@link Plugin}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("limit-count")
public @interface LimitCount {
  /** How many requests, at least 1. */
  long count();

  /** The window in seconds, at least 1. */
  long timeWindow();

  /** By what it counts; {@code remote_addr} unless set, {@code consumer_name} for callers. */
  String key() default "";

  /** The status of a refusal, from 200 to 599; the profile says so unless set. */
  int rejectedCode() default -1;

  /** The message of a refusal. */
  String rejectedMsg() default "";
}
