package dev.gatehouse.contract;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules that hold in every room of every module. */
public final class CodeRules {
  private static final String OWN = "dev.gatehouse";
  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile(".*(Manager|Util|Utils|Helper|Impl|Context|Processor)");
  private static final Set<String> SERIAL_STREAMS =
      Set.of("java.io.ObjectInputStream", "java.io.ObjectOutputStream");

  private CodeRules() {}

  /**
   * Returns all of them.
   *
   * @param clocks the full names of the classes that may read the clock
   * @param edges the full names of the classes that may choose the system's clock and hand it on
   */
  public static List<CodeRule> common(Set<String> clocks, Set<String> edges) {
    return List.of(
        CodeRule.each(
            "time is a parameter",
            c ->
                clocks.contains(outermost(c))
                    ? Stream.empty()
                    : Stream.concat(accesses(c, ClockReads::isOne), ClockReads.hidden(c))),
        CodeRule.each(
            "the system's clock comes in at the edge",
            c -> edges.contains(outermost(c)) ? Stream.empty() : accesses(c, ClockReads::isSource)),
        CodeRule.each("no static field can change", CodeRules::staticState),
        CodeRule.each("names say what a class is", CodeRules::forbiddenName),
        CodeRule.each("every package is null-marked", CodeRules::unmarked),
        CodeRule.each("no class prints", c -> accesses(c, CodeRules::prints)),
        CodeRule.each(
            "no class uses Java serialisation", c -> dependencies(c, SERIAL_STREAMS::contains)),
        CodeRule.each(
            "nothing hangs on a thread",
            c -> dependencies(c, name -> name.endsWith("java.lang.ThreadLocal"))),
        CodeRule.each(
            "logs go through System.Logger",
            c -> dependencies(c, name -> name.matches("(java\\.util\\.logging|org\\.slf4j)\\..*"))),
        CodeRule.each("no own class extends another that is not sealed", CodeRules::inherits));
  }

  /** Returns what a class calls, constructs, reads or refers to. */
  public static Stream<String> accesses(JavaClass c, Predicate<AccessTarget> bad) {
    return c.getAccessesFromSelf().stream()
        .map(JavaAccess::getTarget)
        .filter(bad)
        .map(target -> "uses " + target.getFullName())
        .distinct();
  }

  private static Stream<String> dependencies(JavaClass c, Predicate<String> bad) {
    return c.getDirectDependenciesFromSelf().stream()
        .map(d -> d.getTargetClass().getBaseComponentType().getName())
        .filter(bad)
        .map(name -> "knows " + name)
        .distinct();
  }

  private static Stream<String> staticState(JavaClass c) {
    return c.getFields().stream()
        .filter(f -> f.getModifiers().contains(STATIC) && !f.getModifiers().contains(SYNTHETIC))
        .filter(f -> !f.getModifiers().contains(FINAL) || MutableValue.isIn(f))
        .map(JavaField::getName)
        .map(name -> "static field " + name + " can change");
  }

  private static Stream<String> forbiddenName(JavaClass c) {
    return FORBIDDEN_NAME.matcher(c.getSimpleName()).matches()
        ? Stream.of("says nothing by its name")
        : Stream.empty();
  }

  private static Stream<String> unmarked(JavaClass c) {
    return c.getPackage().isAnnotatedWith(NullMarked.class)
        ? Stream.empty()
        : Stream.of("is in a package without @NullMarked");
  }

  private static boolean prints(AccessTarget target) {
    boolean stream =
        target.getOwner().getName().equals("java.lang.System")
            && Set.of("out", "err").contains(target.getName());
    return stream || target.getName().equals("printStackTrace");
  }

  private static Stream<String> inherits(JavaClass c) {
    return c
        .getRawSuperclass()
        .filter(parent -> !c.isAnonymousClass() && parent.getPackageName().startsWith(OWN))
        .filter(parent -> !parent.reflect().isSealed())
        .map(parent -> "extends " + parent.getName())
        .stream();
  }

  private static String outermost(JavaClass c) {
    return c.getEnclosingClass().map(CodeRules::outermost).orElse(c.getName());
  }
}
