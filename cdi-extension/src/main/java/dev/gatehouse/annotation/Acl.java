package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plugin {@code acl}: access by the Consumer's labels. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("acl")
public @interface Acl {
  /** Labels of which the Consumer must have one, each {@code name:value}. */
  @LabelSetting("allow_labels")
  String[] allow() default {};

  /**
   * Labels of which the Consumer must have none, each {@code name:value}. They are checked first.
   */
  @LabelSetting("deny_labels")
  String[] deny() default {};

  /** The status of a refusal, 200 to 599; the default is 403. */
  int rejectedCode() default -1;

  /** The message of a refusal. */
  String rejectedMsg() default "";
}
