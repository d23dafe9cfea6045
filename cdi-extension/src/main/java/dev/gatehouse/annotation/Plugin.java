package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A plugin by its name, with its settings as a JSON object. This annotation is repeatable. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Plugin.List.class)
public @interface Plugin {
  /** The plugin's name. */
  String name();

  /** The plugin's settings, a JSON object. */
  String settings() default "{}";

  /** The container of repeated {@link Plugin} annotations. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface List {
    /** The plugins, with distinct names. */
    Plugin[] value();
  }
}
