package dev.gatehouse.contract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Request targets that two readers could read in two ways, made from one that is clear. */
public final class AmbiguousTargets {
  private static final List<String> TOKENS =
      List.of(
          "/",
          ".",
          "..",
          "...",
          "./",
          "../",
          "x/../",
          "x/./../",
          ";",
          ";/",
          ";x=1",
          ";jsessionid=1",
          "..;/",
          "x/..;/",
          "%2f",
          "%2F",
          "%2f/",
          "%5c",
          "%5C",
          "\\",
          "\\..\\",
          "%2e",
          "%2e/",
          "%2e%2e",
          "%2e%2e/",
          "x/%2e%2e/",
          ".%2e/",
          "%2e%2e%2f",
          "%252f",
          "%252e%252e/",
          "%25%32%66",
          "%25",
          "%00",
          "%00/",
          "%01",
          "%08",
          "%09",
          "%0a",
          "%0d%0a",
          "%0d",
          "%1f",
          "%7f",
          "%20",
          "%20/",
          "+",
          "%3b",
          "%3B",
          "%3bx=1",
          "%3f",
          "%23",
          "%3a",
          "%c0%af",
          "%c0%ae",
          "%c0%ae%c0%ae/",
          "%e0%80%af",
          "%ef%bc%8f",
          "%ff",
          "%fe%ff",
          "%",
          "%2",
          "%zz",
          "%u002f",
          "%u2215",
          "\u00e9",
          "\u00ff",
          "?/",
          "&",
          "*",
          "~",
          "$",
          "%c2%a0",
          "%e2%80%8b",
          "%ed%a0%80");

  private AmbiguousTargets() {}

  /** Returns every token before, after and within every segment of a path. */
  public static Set<String> of(String clear) {
    Set<String> all = new LinkedHashSet<>();
    for (int i = 1; i <= clear.length(); i++) {
      boolean edge = i == clear.length() || clear.charAt(i) == '/' || clear.charAt(i - 1) == '/';
      for (String token : TOKENS) {
        if (edge) {
          all.add(clear.substring(0, i) + token + clear.substring(i));
        }
      }
      if (i < clear.length()) {
        int c = clear.charAt(i);
        all.add(clear.substring(0, i) + "%%%02x".formatted(c) + clear.substring(i + 1));
        all.add(clear.substring(0, i) + "%%25%02x".formatted(c) + clear.substring(i + 1));
        all.add(clear.substring(0, i) + Character.toString(c ^ 0x20) + clear.substring(i + 1));
      }
    }
    all.remove(clear);
    return all;
  }
}
