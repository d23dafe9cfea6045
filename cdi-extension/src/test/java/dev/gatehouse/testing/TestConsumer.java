package dev.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sets the caller of a test.
 *
 * <p>At a test class or method: in a test that runs within a request, as an Arquillian test in a
 * container does, {@code @Inject Consumer}, {@code @Inject Caller}, {@code @Inject Credential} and
 * {@code Consumers.of(request)} are this Consumer and its Credential while the test runs. The
 * method wins over the class. At a parameter of type {@code Consumer}: such a Consumer, in any
 * test.
 *
 * <p>No credential is looked at and no plugin runs. It is in a jar of its own, which belongs into
 * the scope {@code test}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
@ExtendWith(TestConsumerExtension.class)
public @interface TestConsumer {
  /** Returns the username. */
  String value();

  /** Labels, each as {@code name:value}. */
  String[] labels() default {};

  /** Returns the group of Consumers; none unless set. */
  String group() default "";

  /**
   * Returns the plugin of the Credential that counts as proved; empty for an anonymous Consumer.
   */
  String plugin() default "key-auth";
}
