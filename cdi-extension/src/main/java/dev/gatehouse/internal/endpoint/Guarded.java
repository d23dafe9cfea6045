package dev.gatehouse.internal.endpoint;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds the interceptor to methods that have annotations of ours; the extension sets it. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Guarded {
  /** The only one there is. */
  final class Literal extends AnnotationLiteral<Guarded> implements Guarded {
    static final Literal INSTANCE = new Literal();
    private static final long serialVersionUID = 1L;

    private Literal() {}
  }
}
