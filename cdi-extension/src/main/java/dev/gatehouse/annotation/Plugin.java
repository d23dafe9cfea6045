package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Any plugin by its name, with its settings as a JSON object; several may stand side by side. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Plugin.List.class)
public @interface Plugin {
  /** The plugin's name. */
  String name();

  /** The plugin's settings, a JSON object. */
  String settings() default "{}";

  /** Several plugins. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface List {
    /** The plugins, each with another name. */
    Plugin[] value();
  }
}
