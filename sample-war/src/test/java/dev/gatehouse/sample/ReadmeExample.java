package dev.gatehouse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call that the README shows, with the answer that it prints.
 *
 * @param path what is called
 * @param headers names and values in turn
 * @param status the status line without the protocol, or empty when only the body is shown
 * @param shown the headers of the answer that are shown
 * @param body the body
 */
record ReadmeExample(
    String path, List<String> headers, String status, Map<String, String> shown, String body) {
  private static final Pattern CURL =
      Pattern.compile("\\$ curl (-i )?(?:-H '([^:]+): ([^']+)' )?http://localhost:8080(\\S+)");

  /** Returns the calls of the first console session; loops are left to other tests. */
  static List<ReadmeExample> all() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```console") + "```console".length();
    List<ReadmeExample> calls = new ArrayList<>();
    String session = readme.substring(start, readme.indexOf("```", start));
    for (String part : session.strip().split("\n\n(?=\\$ )", -1)) {
      Matcher curl = CURL.matcher(part);
      if (curl.lookingAt()) {
        calls.add(of(curl, part.substring(curl.end()).strip()));
      }
    }
    return calls;
  }

  private static ReadmeExample of(Matcher curl, String answer) {
    List<String> headers =
        curl.group(2) == null ? List.of() : List.of(curl.group(2), curl.group(3));
    if (curl.group(1) == null) {
      return new ReadmeExample(curl.group(4), headers, "", Map.of(), answer);
    }
    int blank = answer.indexOf("\n\n");
    List<String> head = answer.substring(0, blank).lines().toList();
    Map<String, String> shown = new TreeMap<>();
    for (String line : head.subList(1, head.size())) {
      shown.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
    }
    String status = head.get(0).substring("HTTP/1.1 ".length());
    return new ReadmeExample(
        curl.group(4), headers, status, shown, answer.substring(blank).strip());
  }
}
