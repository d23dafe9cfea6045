package dev.gatehouse.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The servers that the contract runs on, each as its makers ship it, with archives that are served
 * under their names.
 */
enum Servers {
  /** Apache Tomcat, with CDI and REST in the archive. */
  TOMCAT("Tomcat 10.1", false) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      return tomcat(home, work, archives, port);
    }
  },
  /** Apache Tomcat for Jakarta EE 11, with CDI and REST in the archive. */
  TOMCAT11("Tomcat 11", false) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      return tomcat(home, work, archives, port);
    }
  },
  /** Eclipse Jetty, with CDI and REST in the archive. */
  JETTY("Jetty 12 ee10", false) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      put(archives, work.resolve("webapps"));
      Files.writeString(
          work.resolve("start.ini"),
          """
          --module=http
          jetty.http.host=127.0.0.1
          jetty.http.port=%d
          --modules=ee10-deploy,ee10-annotations,ee10-cdi-decorate
          """
              .formatted(port));
      return new Launch(
          Launch.java("-jar", home.resolve("start.jar").toString(), "jetty.base=" + work),
          Map.of(),
          work,
          "oejs.Server:main: Started oejs");
    }
  },
  /** Payara Micro. */
  PAYARA("Payara Micro 6", true) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      return payara(Path.of(System.getProperty("java.home")), work, archives, port);
    }
  },
  /** Payara Micro on a current JDK. */
  PAYARA25("Payara Micro 6, JDK 25", true) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      return payara(Path.of(System.getProperty("jdk.current")), work, archives, port);
    }
  },
  /** Eclipse GlassFish. */
  GLASSFISH("GlassFish 7", true) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      domain(home, work, archives, port);
      return new Launch(
          Launch.java(
              "-jar",
              home.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
              "start-domain",
              "--verbose",
              "--domaindir",
              work.toString(),
              "contract"),
          Map.of(),
          work,
          GLASSFISH_DEPLOYED,
          archives.size());
    }
  },
  /** Eclipse GlassFish for Jakarta EE 11. */
  GLASSFISH8("GlassFish 8", true) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      domain(home, work, archives, port);
      return new Launch(
          List.of(
              "bash",
              home.resolve("glassfish/bin/asadmin").toString(),
              "start-domain",
              "--verbose",
              "--domaindir",
              work.toString(),
              "contract"),
          Map.of("JAVA_HOME", System.getProperty("jdk.current")),
          work,
          GLASSFISH_DEPLOYED,
          archives.size());
    }
  },
  /** WildFly. */
  WILDFLY("WildFly 39", true) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      copy(home.resolve("standalone"), work);
      put(archives, work.resolve("deployments"));
      Path xml = work.resolve("configuration/standalone.xml");
      Files.writeString(xml, takingCallers(Files.readString(xml)));
      return new Launch(
          Launch.java(
              "-Djboss.home.dir=" + home,
              "-Djboss.server.base.dir=" + work,
              "-Djboss.http.port=" + port,
              "-Djboss.https.port=" + RunningServer.freePort(),
              "-Djboss.management.http.port=" + RunningServer.freePort(),
              "-jar",
              home.resolve("jboss-modules.jar").toString(),
              "-mp",
              home.resolve("modules").toString(),
              "org.jboss.as.standalone",
              "-b",
              "127.0.0.1",
              "-bmanagement",
              "127.0.0.1"),
          Map.of(),
          work,
          "WFLYSRV0025");
    }
  },
  /** Open Liberty. */
  LIBERTY("Open Liberty 26", true) {
    @Override
    Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException {
      Path server = Files.createDirectories(work.resolve("servers/contract"));
      put(archives, server.resolve("dropins"));
      Files.writeString(
          server.resolve("server.xml"),
          """
          <server>
            <featureManager>
              <feature>webProfile-10.0</feature>
              <feature>mpConfig-3.1</feature>
            </featureManager>
            <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
          </server>
          """
              .formatted(port));
      Path tools = home.resolve("bin/tools");
      return new Launch(
          Launch.java(
              "@" + home.resolve("lib/platform/java/java9.options"),
              "-javaagent:" + tools.resolve("ws-javaagent.jar"),
              "-jar",
              tools.resolve("ws-server.jar").toString(),
              "contract"),
          Map.of("WLP_USER_DIR", work.toString()),
          server,
          "CWWKF0011I");
    }
  };

  private static final String GLASSFISH_DEPLOYED = "[AutoDeploy] Successfully autodeployed";

  private final String label;
  private final boolean full;

  Servers(String label, boolean full) {
    this.label = label;
    this.full = full;
  }

  /** What a server does in its own way, whatever we do. */
  enum Limit {
    /** {@code SecurityContext.isCallerInRole} answers false for every mechanism. */
    CALLER_HAS_NO_ROLES,
    /** It takes either of two mechanisms, at random at each start. */
    TAKES_EITHER_MECHANISM,
    /** Providers of thread contexts are the server's own only. */
    NO_CONTEXT_PROVIDERS,
    /** There is no upgrade by a servlet. */
    NO_UPGRADE,
    /** An application may not have both a login of web.xml and a mechanism that is a bean. */
    LOGIN_FORBIDS_MECHANISM
  }

  /** What a server provides that must be configured on others. */
  enum Part {
    /** Tokens of MicroProfile, taken without further configuration. */
    MICROPROFILE_JWT
  }

  /** Returns whether it brings a part. */
  boolean brings(Part part) {
    return switch (part) {
      case MICROPROFILE_JWT -> this == PAYARA || this == PAYARA25;
    };
  }

  /** Returns whether it has a limit. */
  boolean has(Limit limit) {
    return switch (limit) {
      case NO_UPGRADE -> this == JETTY;
      case CALLER_HAS_NO_ROLES -> this == PAYARA25;
      case TAKES_EITHER_MECHANISM, LOGIN_FORBIDS_MECHANISM, NO_CONTEXT_PROVIDERS -> this == LIBERTY;
    };
  }

  /** Returns the name of the server. */
  String label() {
    return label;
  }

  /** Returns whether it brings CDI, REST and the rest of Jakarta EE itself. */
  boolean full() {
    return full;
  }

  /**
   * Returns the cell of the table for a test that has passed: the limit that it respects, or yes.
   */
  String mark(String test) {
    return switch (test) {
      case "upgrade_isRefusedWithoutAKeyAndKnowsTheCallerWithOne" ->
          has(Limit.NO_UPGRADE) ? "no upgrades" : "yes";
      case "consumersBesideAnOwnMechanism_areKnownEverywhere" ->
          has(Limit.TAKES_EITHER_MECHANISM) || has(Limit.CALLER_HAS_NO_ROLES) ? "see above" : "yes";
      case "views_ofAServlet_areEqual", "views_ofARestResource_areEqual" ->
          has(Limit.CALLER_HAS_NO_ROLES) ? "see above" : "yes";
      case "loginOfTheServer_remainsWithTheServer" ->
          has(Limit.LOGIN_FORBIDS_MECHANISM) ? "see above" : "yes";
      case "managedExecutor_carriesTheCaller" ->
          has(Limit.NO_CONTEXT_PROVIDERS) ? "not taken" : "yes";
      default -> "yes";
    };
  }

  abstract Launch launch(Path home, Path work, List<Path> archives, int port) throws IOException;

  /** Starts it with archives; the name of each is its context path. */
  RunningServer start(List<Path> archives) throws Exception {
    int port = RunningServer.freePort();
    Path all = Files.createDirectories(Path.of("target/it").toAbsolutePath());
    Path work = Files.createTempDirectory(all, name().toLowerCase(Locale.ROOT) + '-');
    URI base = URI.create("http://127.0.0.1:" + port);
    return RunningServer.start(base, launch(home(), work, archives, port));
  }

  private Path home() throws IOException {
    String name = name().toLowerCase(Locale.ROOT);
    Path unpacked = Path.of("target/servers", name).toAbsolutePath();
    if (!Files.isDirectory(unpacked)) {
      return unpacked;
    }
    try (Stream<Path> inside = Files.list(unpacked)) {
      return inside.filter(Files::isDirectory).findFirst().orElse(unpacked);
    }
  }

  private static Launch tomcat(Path home, Path work, List<Path> archives, int port)
      throws IOException {
    put(archives, work.resolve("webapps"));
    Files.createDirectories(work.resolve("temp"));
    Path conf = Files.createDirectories(work.resolve("conf"));
    Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
    Files.writeString(
        conf.resolve("server.xml"),
        """
        <Server port="-1">
          <Service name="Catalina">
            <Connector address="127.0.0.1" port="%d"/>
            <Engine name="Catalina" defaultHost="localhost">
              <Host name="localhost" appBase="webapps" autoDeploy="false"/>
            </Engine>
          </Service>
        </Server>
        """
            .formatted(port));
    Path bin = home.resolve("bin");
    return new Launch(
        Launch.java(
            "-cp",
            bin.resolve("bootstrap.jar") + ":" + bin.resolve("tomcat-juli.jar"),
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + work,
            "-Djava.io.tmpdir=" + work.resolve("temp"),
            "org.apache.catalina.startup.Bootstrap",
            "start"),
        Map.of(),
        work,
        "Server startup in");
  }

  /** Callers that its own realm does not have. */
  private static String takingCallers(String standalone) {
    int undertow = standalone.indexOf("urn:jboss:domain:undertow");
    String domain = "<application-security-domain name=\"other\"";
    return standalone.substring(0, undertow)
        + standalone.substring(undertow).replace(domain, domain + " integrated-jaspi=\"false\"");
  }

  private static Launch payara(Path java, Path work, List<Path> archives, int port) {
    List<String> command =
        new ArrayList<>(
            Launch.java(
                java,
                "-Dh2.bindAddress=127.0.0.1",
                "-jar",
                System.getProperty("payara.microJar"),
                "--nohazelcast",
                "--disablephonehome",
                "--port",
                String.valueOf(port),
                "--prebootcommandfile",
                Path.of("src/main/payara/preboot.txt").toAbsolutePath().toString()));
    archives.forEach(archive -> command.addAll(List.of("--deploy", archive.toString())));
    return new Launch(command, Map.of(), work, " ready in ");
  }

  private static void domain(Path home, Path work, List<Path> archives, int port)
      throws IOException {
    Path domain = work.resolve("contract");
    copy(home.resolve("glassfish/domains/domain1"), domain);
    put(archives, domain.resolve("autodeploy"));
    Path xml = domain.resolve("config/domain.xml");
    Files.writeString(xml, onLoopback(Files.readString(xml), port));
  }

  /** The shipped domain listens on fixed ports of all addresses. */
  private static String onLoopback(String domain, int port) throws IOException {
    String moved = domain.replace("port=\"8080\"", "port=\"" + port + "\" address=\"127.0.0.1\"");
    for (String fixed : List.of("4848", "8181", "3700", "3820", "3920", "7676", "8686", "9009")) {
      moved = moved.replace("port=\"" + fixed + '"', "port=\"" + RunningServer.freePort() + '"');
    }
    return moved.replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"");
  }

  private static void put(List<Path> archives, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Path archive : archives) {
      Files.copy(archive, directory.resolve(archive.getFileName()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path each : all) {
      Path target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        Files.copy(each, target);
      }
    }
  }
}
