package dev.gatehouse.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the addresses of trusted proxies. */
public final class ProxyList {
  private ProxyList() {}

  /** Returns the blocks. Malformed ones are reported. */
  public static List<IpRange> read(List<String> texts, Consumer<String> problems) {
    List<IpRange> ranges = new ArrayList<>();
    for (String text : texts) {
      try {
        ranges.add(IpRange.parse(text.strip()));
      } catch (IllegalArgumentException e) {
        problems.accept("\"" + text + "\" " + e.getMessage());
      }
    }
    return List.copyOf(ranges);
  }
}
