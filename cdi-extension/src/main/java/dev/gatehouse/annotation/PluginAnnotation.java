package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation stand for a plugin, one of ours or of your own.
 *
 * <p>Each member is a setting, by its name in snake case: {@code timeWindow} is {@code
 * time_window}. A member that has its default value is not set, so that the plugin's own default
 * holds.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface PluginAnnotation {
  /** The plugin's name. */
  String value();
}
