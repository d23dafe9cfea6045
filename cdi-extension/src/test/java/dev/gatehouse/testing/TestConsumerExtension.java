package dev.gatehouse.testing;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.request.TestCaller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Does what {@link TestConsumer} says. */
public final class TestConsumerExtension
    implements BeforeTestExecutionCallback, AfterTestExecutionCallback, ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(TestConsumerExtension.class);

  /** For JUnit. */
  public TestConsumerExtension() {}

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    annotation(context)
        .flatMap(wanted -> TestCaller.enter(consumer(wanted), credential(wanted)))
        .ifPresent(entered -> context.getStore(HERE).put(TestCaller.class, entered));
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    TestCaller entered = context.getStore(HERE).remove(TestCaller.class, TestCaller.class);
    if (entered != null) {
      entered.leave();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(TestConsumer.class)
        && parameter.getParameter().getType() == Consumer.class;
  }

  @Override
  public Consumer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return consumer(parameter.findAnnotation(TestConsumer.class).orElseThrow());
  }

  private static Optional<TestConsumer> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), TestConsumer.class)
        .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), TestConsumer.class));
  }

  private static Consumer consumer(TestConsumer wanted) {
    Consumer.Builder consumer = Consumer.named(wanted.value());
    for (String label : wanted.labels()) {
      int colon = label.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "@TestConsumer.labels must hold name:value, was \"" + label + '"');
      }
      consumer.label(label.substring(0, colon), label.substring(colon + 1));
    }
    return wanted.group().isEmpty() ? consumer.build() : consumer.group(wanted.group()).build();
  }

  private static @Nullable Credential credential(TestConsumer wanted) {
    return wanted.plugin().isEmpty() ? null : Credential.of("test", wanted.plugin()).build();
  }
}
