package dev.gatehouse.internal.jpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Libraries that a Jakarta EE server contains, and that an application must contain on Tomcat and
 * Jetty.
 */
final class Libraries {
  private Libraries() {}

  /** Returns the missing artifacts. */
  static List<String> absent() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("jakarta.persistence.EntityManager", "jakarta.persistence:jakarta.persistence-api");
    needed.put(
        "jakarta.transaction.UserTransaction", "jakarta.transaction:jakarta.transaction-api");
    List<String> absent = new ArrayList<>();
    needed.forEach(
        (type, artifact) -> {
          if (!isThere(type)) {
            absent.add(artifact);
          }
        });
    return absent;
  }

  private static boolean isThere(String type) {
    try {
      Class<?> unused = Class.forName(type, false, Libraries.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
