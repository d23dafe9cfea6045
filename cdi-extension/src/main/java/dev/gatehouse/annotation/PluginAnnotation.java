package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that an annotation configures a plugin, ours or your own.
 *
 * <p>Each member is a setting with its name in snake case: {@code timeWindow} is {@code
 * time_window}. A member with its default value is not set, so that the plugin's default applies.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface PluginAnnotation {
  /** The plugin's name. */
  String value();
}
