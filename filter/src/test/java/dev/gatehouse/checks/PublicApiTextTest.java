package dev.gatehouse.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.fixtures.api.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The text of a public API shows each part that a user's code can depend on. */
class PublicApiTextTest {
  private static final String EXPECTED =
      """
      package dev.gatehouse.fixtures.api

      public abstract sealed class Sample<T extends Comparable<? super T>> extends SampleBase implements Runnable permits Sample.Only
        protected final int number
        static final String NAME = "a name"
        protected new Sample()
        @Nullable T first(List<? extends @Nullable T>, @Nullable Map.Entry<T, int[]>) throws IOException
        protected abstract <E extends Exception> void run(String, Object...) throws E
        void inherited()

      public enum Sample.Kind
        @Deprecated SMALL
        LARGE

      public @interface Sample.Mark
        Class<?> type() default Object.class
        Sample.Kind kind()
        String[] value() default {"x"}

      public static final class Sample.Only extends Sample<String>
        new Sample.Only()
        protected <E extends Exception> void run(String, Object...)
        void run()

      public record Sample.Part(String name, @Nullable Integer count)
        static Sample.Part of(String)
      """;

  @Test
  void text_showsTypesMembersBoundsNullsAndDefaults() {
    List<Class<?>> classes =
        Stream.concat(Stream.of(Sample.class), Stream.of(Sample.class.getDeclaredClasses()))
            .toList();
    assertEquals(EXPECTED, PublicApi.of(classes));
  }

  @Test
  void internalPackage_isNoPublicApi() {
    assertTrue(PublicApi.isInternal("dev.gatehouse.internal"));
    assertTrue(PublicApi.isInternal("dev.gatehouse.internal.http"));
    assertFalse(PublicApi.isInternal("dev.gatehouse.internals"));
  }

  @Test
  void internalName_isFound() {
    String line = "  dev.gatehouse.internal.http.IpAddress client()";
    assertEquals(List.of(line), PublicApi.internalNames("package a\n" + line + "\n  int b()"));
  }

  @Test
  void difference_showsRemovedAndAddedLinesBelowTheirType() {
    assertEquals(
        "  class A\n-   one\n+   two\n",
        LineDiff.of("class A\n  one\n  x\n", "class A\n  two\n  x\n"));
    assertEquals("", LineDiff.of("a\n", "a\n"));
  }
}
