package dev.gatehouse.checks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** What is counted in source files. Each method returns the count of each file, method or name. */
final class SourceSizes {
  private static final Set<String> REPEATABLE =
      Set.of("Builder", "Config", "Entry", "Kind", "Result", "State");

  private SourceSizes() {}

  /** Returns the lines of code of each file. */
  static Map<String, Integer> files(List<JavaSource> sources) {
    Map<String, Integer> sizes = new HashMap<>();
    sources.forEach(source -> sizes.merge(source.name(), source.codeLines(), Math::max));
    return sizes;
  }

  /** Returns the files of each package, without its description. */
  static Map<String, Integer> packages(List<JavaSource> sources) {
    Map<String, Integer> sizes = new HashMap<>();
    sources.stream()
        .filter(source -> !source.isDescription())
        .forEach(source -> sizes.merge(source.packageName(), 1, Integer::sum));
    return sizes;
  }

  /**
   * Returns the lines of code of each method, of the longest one if there are several overloads.
   */
  static Map<String, Integer> methods(List<JavaSource> sources) {
    Map<String, Integer> sizes = new HashMap<>();
    for (JavaSource source : sources) {
      eachMethod(source, (name, method) -> sizes.merge(name, source.codeLines(method), Math::max));
    }
    return sizes;
  }

  /**
   * Returns the parameters of each method and constructor. Canonical constructors of records and
   * methods that override are left out: their number is decided elsewhere.
   */
  static Map<String, Integer> parameters(List<JavaSource> sources) {
    Map<String, Integer> sizes = new HashMap<>();
    for (JavaSource source : sources) {
      eachMethod(
          source,
          (name, method) -> {
            if (!overrides(method)) {
              sizes.merge(name, method.getParameters().size(), Math::max);
            }
          });
    }
    return sizes;
  }

  /** Returns how many types have each simple name; nested types named like Builder are left out. */
  static Map<String, Integer> typeNames(List<JavaSource> sources) {
    Map<String, Integer> uses = new HashMap<>();
    for (JavaSource source : sources) {
      Set<Tree> outermost = new HashSet<>(source.tree().getTypeDecls());
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
          String name = type.getSimpleName().toString();
          boolean free = !outermost.contains(type) && REPEATABLE.contains(name);
          if (!name.isEmpty() && !free) {
            uses.merge(name, 1, Integer::sum);
          }
          return super.visitClass(type, null);
        }
      }.scan(source.tree(), null);
    }
    return uses;
  }

  /** Returns the names of the constants. */
  static List<String> constants(List<JavaSource> sources) {
    return sources.stream().flatMap(source -> constants(source).stream()).toList();
  }

  private static Set<String> constants(JavaSource source) {
    Set<String> names = new HashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
        if (variable.getName().toString().matches("[A-Z][A-Z0-9_]+")) {
          names.add(source.name().replace(".java", ".") + variable.getName());
        }
        return super.visitVariable(variable, null);
      }
    }.scan(source.tree(), null);
    return names;
  }

  /** Calls back with each method and its name, as {@code Outer.Inner.method}. */
  static void eachMethod(JavaSource source, BiConsumer<String, MethodTree> then) {
    new TreeScanner<@Nullable Void, String>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, String outer) {
        String name = type.getSimpleName().toString();
        String path = name.isEmpty() ? outer : outer + name + ".";
        for (Tree member : type.getMembers()) {
          if (member instanceof MethodTree method && !isCanonical(type, method)) {
            then.accept(path + method.getName(), method);
          }
        }
        return super.visitClass(type, path);
      }
    }.scan(source.tree(), "");
  }

  private static boolean isCanonical(ClassTree type, MethodTree method) {
    return type.getKind() == Tree.Kind.RECORD
        && method.getName().contentEquals("<init>")
        && method.getParameters().size()
            == type.getMembers().stream().filter(SourceSizes::isComponent).count();
  }

  private static boolean isComponent(Tree member) {
    return member instanceof VariableTree field
        && !field.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private static boolean overrides(MethodTree method) {
    return annotations(method).contains("Override");
  }

  static List<String> annotations(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .map(AnnotationTree::getAnnotationType)
        .map(Object::toString)
        .toList();
  }
}
