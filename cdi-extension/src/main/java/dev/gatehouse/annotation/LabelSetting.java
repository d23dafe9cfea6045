package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Converts texts of the form {@code name:value} to a setting that is an object of lists: {@code
 * {"tier:gold", "tier:silver"}} becomes {@code {"tier": ["gold", "silver"]}}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LabelSetting {
  /** The setting's name. */
  String value();
}
