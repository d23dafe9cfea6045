package dev.gatehouse.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A parsed source file.
 *
 * @param name the file's name without directories
 * @param text the file's text
 * @param code the text without its comments, in the same lines
 * @param tree the syntax tree, without types
 * @param positions where the parts of the tree begin and end
 */
record JavaSource(
    String name, String text, String code, CompilationUnitTree tree, SourcePositions positions) {
  /** Strings come first, so that a string with the begin of a comment is no comment. */
  private static final Pattern STRING_OR_COMMENT =
      Pattern.compile(
          "\"\"\"(?s:.*?)(?<!\\\\)\"\"\""
              + "|\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\""
              + "|'[^'\\\\\n]*+(?:\\\\.[^'\\\\\n]*+)*+'"
              + "|/\\*(?s:.*?)\\*/|//[^\n]*");

  private static final Pattern MESSAGE =
      Pattern.compile("(?s).*\\p{L}[^\\p{L}]* [^\\p{L}]*\\p{L}.*");

  /** Parses the files below a directory. */
  static List<JavaSource> below(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<JavaFileObject> sources = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        sources.add(new Text(file.toUri(), Files.readString(file)));
      }
      return parse(sources);
    }
  }

  /** Parses the text of one file. */
  static JavaSource of(String fileName, String text) throws IOException {
    return parse(List.of(new Text(URI.create("string:///" + fileName), text))).get(0);
  }

  private static List<JavaSource> parse(List<JavaFileObject> files) throws IOException {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, files);
    List<JavaSource> sources = new ArrayList<>();
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    for (CompilationUnitTree tree : task.parse()) {
      String path = tree.getSourceFile().toUri().getPath();
      String text = tree.getSourceFile().getCharContent(true).toString();
      sources.add(
          new JavaSource(
              path.substring(path.lastIndexOf('/') + 1),
              text,
              withoutComments(text),
              tree,
              positions));
    }
    return sources;
  }

  /** Returns the package's name, empty for none. */
  String packageName() {
    return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
  }

  /** Returns whether the file describes a package or a module and has no type. */
  boolean isDescription() {
    return name.equals("package-info.java") || name.equals("module-info.java");
  }

  /** Returns the texts of the comments, without the stars at the begin of their lines. */
  List<String> comments() {
    return STRING_OR_COMMENT
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(found -> found.startsWith("/"))
        .map(found -> found.replaceAll("\n\\s*\\*", " ").replaceAll("^/[/*]+|\\*/$", ""))
        .toList();
  }

  /** Returns the string literals of at least two words. */
  List<String> messages() {
    List<String> found = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
        if (literal.getValue() instanceof String value && MESSAGE.matcher(value).matches()) {
          found.add(value);
        }
        return null;
      }
    }.scan(tree, null);
    return found;
  }

  /** Returns how many lines of the file are code: no blanks, comments, imports or package line. */
  int codeLines() {
    return (int)
        code.lines()
            .filter(line -> !line.isBlank() && !line.matches("\\s*(import|package) .*"))
            .count();
  }

  /** Returns how many lines of code a method has from its opening to its closing brace. */
  int codeLines(MethodTree method) {
    Tree body = method.getBody();
    if (body == null) {
      return 0;
    }
    LineMap lines = tree.getLineMap();
    long first = lines.getLineNumber(positions.getStartPosition(tree, body));
    long last = lines.getLineNumber(positions.getEndPosition(tree, body));
    return (int)
        code.lines().skip(first - 1).limit(last - first + 1).filter(l -> !l.isBlank()).count();
  }

  private static String withoutComments(String text) {
    return STRING_OR_COMMENT
        .matcher(text)
        .replaceAll(
            found ->
                found.group().startsWith("/")
                    ? found.group().replaceAll("[^\n]", "")
                    : Matcher.quoteReplacement(found.group()));
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public String getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
