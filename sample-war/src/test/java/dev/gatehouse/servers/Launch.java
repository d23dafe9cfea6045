package dev.gatehouse.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param command the command
 * @param environment what it needs beside the present environment
 * @param directory where it runs
 * @param ready what it says when it serves
 * @param times how often it says so
 */
record Launch(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    String ready,
    int times) {
  /** A server that says once that it serves. */
  Launch(List<String> command, Map<String, String> environment, Path directory, String ready) {
    this(command, environment, directory, ready, 1);
  }

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Returns a Java program with options that make it start soon. */
  static List<String> java(String... arguments) {
    return java(Path.of(System.getProperty("java.home")), arguments);
  }

  static List<String> java(Path home, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true"));
    command.addAll(List.of(arguments));
    return command;
  }
}
