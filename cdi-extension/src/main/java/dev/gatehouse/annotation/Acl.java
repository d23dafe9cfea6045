package dev.gatehouse.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plugin {@code acl}: who may pass, by the Consumer's labels. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@PluginAnnotation("acl")
public @interface Acl {
  /** Labels of which one must be there, each {@code name:value}. */
  @LabelSetting("allow_labels")
  String[] allow() default {};

  /** Labels of which none may be there, each {@code name:value}; it goes before. */
  @LabelSetting("deny_labels")
  String[] deny() default {};

  /** The status of a refusal, from 200 to 599; 403 unless set. */
  int rejectedCode() default -1;

  /** The message of a refusal. */
  String rejectedMsg() default "";
}
