package dev.gatehouse.checks;

import java.util.ArrayList;
import java.util.List;

/** The lines that were removed and added between two texts. */
final class LineDiff {
  private LineDiff() {}

  /**
   * Returns the changed lines, each with {@code "- "} or {@code "+ "} before it, below the nearest
   * line before them that is not indented; empty if the texts are equal.
   */
  static String of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> changes = new ArrayList<>();
    String head = "";
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      boolean same = i < old.size() && j < now.size() && old.get(i).equals(now.get(j));
      if (same) {
        head = now.get(j).startsWith(" ") ? head : "  " + now.get(j);
        i++;
        j++;
        continue;
      }
      if (!head.isBlank() && !changes.contains(head)) {
        changes.add(head);
      }
      boolean removed = j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1]);
      changes.add(removed ? "- " + old.get(i++) : "+ " + now.get(j++));
    }
    return String.join("\n", changes) + (changes.isEmpty() ? "" : "\n");
  }
}
