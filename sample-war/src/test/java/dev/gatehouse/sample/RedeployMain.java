package dev.gatehouse.sample;

import java.io.File;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * Deploys and undeploys an archive repeatedly in one Payara Micro and prints what remains of it, in
 * lines that begin with {@code redeploy:}. It runs in a process of its own, whose class path is
 * that server.
 */
public final class RedeployMain {
  /** From then on the server and the JDK retain a constant amount, whatever the application is. */
  private static final int SETTLED = 3;

  private static final String KEY = "acme-demo-key-7Qd2";

  private final Object server;
  private final int port;
  private final PrintStream out;

  private RedeployMain(Object server, int port, PrintStream out) {
    this.server = server;
    this.port = port;
    this.out = out;
  }

  /** Takes the archive, the port and the number of rounds. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    int port = Integer.parseInt(arguments[1]);
    RedeployMain main = new RedeployMain(started(port), port, out);
    File archive = new File(arguments[0]);
    for (int i = 0; i < SETTLED; i++) {
      main.round(archive);
    }
    Set<String> beans = beans();
    Set<String> drivers = drivers();
    main.say("loaders-at-first", String.valueOf(loaders()));
    int rounds = Integer.parseInt(arguments[2]);
    for (int i = SETTLED; i < rounds; i++) {
      main.round(archive);
    }
    main.say("rounds", String.valueOf(rounds));
    main.say("threads", threads());
    main.say("beans", more(beans(), beans));
    main.say("drivers", more(drivers(), drivers));
    main.say("loaders-at-last", String.valueOf(loaders()));
    System.exit(0);
  }

  private void say(String name, String value) {
    out.println("redeploy: " + name + "=" + value);
  }

  /** Nothing of it is on the compiler's class path. */
  private static Object started(int port) throws Exception {
    Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
    Object instance = micro.getMethod("getInstance").invoke(null);
    micro.getMethod("setHttpPort", int.class).invoke(instance, port);
    micro.getMethod("setNoCluster", boolean.class).invoke(instance, true);
    Consumer<Object> loopback = RedeployMain::onLoopback;
    micro.getMethod("setPreBootHandler", Consumer.class).invoke(instance, loopback);
    return micro.getMethod("bootStrap").invoke(instance);
  }

  private static void onLoopback(Object runner) {
    try {
      Method run = runner.getClass().getMethod("run", String.class, String[].class);
      run.setAccessible(true);
      run.invoke(
          runner,
          "set",
          new String[] {
            "configs.config.server-config.network-config.network-listeners.network-listener"
                + ".http-listener.address=127.0.0.1"
          });
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void round(File archive) throws Exception {
    Method deploy = server.getClass().getMethod("deploy", String.class, String.class, File.class);
    if (!Boolean.TRUE.equals(deploy.invoke(server, "sample", "sample", archive))) {
      throw new IllegalStateException("not deployed");
    }
    HttpClient client = HttpClient.newHttpClient();
    URI target = URI.create("http://127.0.0.1:" + port + "/sample/api/whoami");
    HttpRequest known = HttpRequest.newBuilder(target).header("apikey", KEY).build();
    HttpRequest unknown = HttpRequest.newBuilder(target).header("apikey", "guess").build();
    String body = client.send(known, HttpResponse.BodyHandlers.ofString()).body();
    int refused = client.send(unknown, HttpResponse.BodyHandlers.ofString()).statusCode();
    if (!body.contains("acme") || refused != 401) {
      throw new IllegalStateException(refused + " " + body);
    }
    server.getClass().getMethod("undeploy", String.class).invoke(server, "sample");
  }

  private static String more(Set<String> now, Set<String> before) {
    Set<String> more = new TreeSet<>(now);
    more.removeAll(before);
    return String.join(",", more);
  }

  /** Threads of ours, of which there must be none at all. */
  private static String threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.toLowerCase(Locale.ROOT).contains("gatehouse"))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static Set<String> beans() {
    return ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
        .map(ObjectName::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> drivers() {
    List<Driver> all = Collections.list(DriverManager.getDrivers());
    return all.stream()
        .map(driver -> driver.getClass().getName() + "@" + System.identityHashCode(driver))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns how many loaders of applications the collector has left. */
  private static long loaders() throws Exception {
    long left = Long.MAX_VALUE;
    for (int i = 0; i < 10 && left > 0; i++) {
      System.gc();
      System.runFinalization();
      Thread.onSpinWait();
      left =
          String.valueOf(
                  ManagementFactory.getPlatformMBeanServer()
                      .invoke(
                          new ObjectName("com.sun.management:type=DiagnosticCommand"),
                          "vmClassloaderStats",
                          new Object[] {new String[0]},
                          new String[] {String[].class.getName()}))
              .lines()
              .filter(line -> line.contains("WebappClassLoader"))
              .count();
    }
    return left;
  }
}
