package dev.gatehouse.sample;

/** Consumers that only tests know, as text for the end of gatehouse.yaml. */
final class TestConsumers {
  private TestConsumers() {}

  static String limited(String username, int count, int seconds) {
    return String.format(
        "  - username: %s%n"
            + "    labels: { tier: silver }%n"
            + "    plugins: { limit-count: { count: %d, time_window: %d, key: consumer_name } }%n"
            + "    credentials: [{ name: main, plugins: { key-auth: { key: %s } } }]%n",
        username, count, seconds, key(username));
  }

  static String key(String username) {
    return "test-key-of-" + username;
  }
}
