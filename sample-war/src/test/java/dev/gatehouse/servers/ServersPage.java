package dev.gatehouse.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The table of docs/servers.md, of which a server's column is what has passed on it.
 *
 * <p>With {@code -Dservers.page=write} a run writes the columns of the servers that it ran on;
 * otherwise it compares them.
 */
final class ServersPage implements TestWatcher {
  private static final Path PAGE = Path.of("../docs/servers.md");
  private static final String BEGIN = "<!-- written by ServersPage -->\n";
  private static final String END = "<!-- end -->\n";
  private static final Map<Servers, Set<String>> PASSED = new ConcurrentHashMap<>();
  private static final Map<Servers, Set<String>> FAILED = new ConcurrentHashMap<>();

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(PASSED, context);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    note(FAILED, context);
  }

  private static void note(Map<Servers, Set<String>> notes, ExtensionContext context) {
    ServerContractIT test = (ServerContractIT) context.getRequiredTestInstance();
    notes
        .computeIfAbsent(test.kind, kind -> ConcurrentHashMap.newKeySet())
        .add(context.getRequiredTestMethod().getName());
  }

  /** Writes or compares a server's column. */
  static void settle(Servers kind) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    Map<Servers, Map<String, String>> columns = read(page.substring(from, to));
    Map<String, String> column = new TreeMap<>();
    for (Method method : ServerContractIT.class.getDeclaredMethods()) {
      Line line = method.getAnnotation(Line.class);
      if (line != null) {
        column.merge(
            line.value(),
            cell(kind, method.getName(), line),
            (one, other) -> one.equals("no") ? one : other);
      }
    }
    if (System.getProperty("servers.page", "compare").equals("write")) {
      columns.put(kind, column);
      Files.writeString(PAGE, page.substring(0, from) + table(columns) + page.substring(to));
    } else {
      assertEquals(columns.get(kind), column, kind.label() + " in docs/servers.md");
    }
  }

  private static String cell(Servers kind, String method, Line line) {
    boolean passed =
        PASSED.getOrDefault(kind, Set.of()).contains(method)
            && !FAILED.getOrDefault(kind, Set.of()).contains(method);
    if (line.jakartaEe() && !kind.full()) {
      return "n/a";
    }
    return passed ? kind.mark(method) : "no";
  }

  private static List<Line> lines() {
    return Arrays.stream(ServerContractIT.class.getDeclaredMethods())
        .map(method -> method.getAnnotation(Line.class))
        .filter(line -> line != null)
        .toList();
  }

  private static String table(Map<Servers, Map<String, String>> columns) {
    Set<String> lines = new TreeSet<>();
    lines().forEach(line -> lines.add(line.value()));
    StringBuilder table = new StringBuilder("| |");
    columns.keySet().forEach(kind -> table.append(' ').append(kind.label()).append(" |"));
    table.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    for (String line : lines) {
      table.append("| ").append(line).append(" |");
      columns
          .values()
          .forEach(column -> table.append(' ').append(column.getOrDefault(line, "")).append(" |"));
      table.append('\n');
    }
    return table.toString();
  }

  private static Map<Servers, Map<String, String>> read(String table) {
    Map<Servers, Map<String, String>> columns = new EnumMap<>(Servers.class);
    List<String> rows = table.lines().toList();
    if (rows.isEmpty()) {
      return columns;
    }
    List<Servers> order = new ArrayList<>();
    Set<String> labels = new HashSet<>(cells(rows.get(0)));
    for (Servers kind : Servers.values()) {
      if (labels.contains(kind.label())) {
        order.add(kind);
        columns.put(kind, new TreeMap<>());
      }
    }
    for (String row : rows.subList(2, rows.size())) {
      List<String> cells = cells(row);
      for (int i = 0; i < order.size(); i++) {
        columns.get(order.get(i)).put(cells.get(0), cells.get(i + 1));
      }
    }
    return columns;
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1, row.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }
}
