package dev.gatehouse.servers;

import dev.gatehouse.sample.ExistingServlet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.shrinkwrap.api.ArchivePaths;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** The applications of the contract, each with what a server does not bring itself. */
final class ContractWar {
  private static final String[] WITHOUT_JAKARTA_EE = {
    "org.jboss.weld.servlet:weld-servlet-core:5.1.6.Final",
    "org.glassfish.jersey.containers:jersey-container-servlet:3.1.11",
    "org.glassfish.jersey.inject:jersey-hk2:3.1.11",
    "org.glassfish.jersey.ext.cdi:jersey-cdi1x-servlet:3.1.11",
    "org.glassfish.jersey.media:jersey-media-sse:3.1.11"
  };

  private static final String YAML =
      """
      routes:
        - { uris: [/views/*, /rest/*, /dispatch/*, /constrained/*, /guarded.xhtml], plugins: { key-auth: {} } }
        - { uris: [/open/*], plugins: { key-auth: { anonymous_consumer: guest } } }
      consumers:
        - { username: guest }
        - username: acme
          labels: { roles: "reader,writer" }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-contract-key } } }]
        - username: globex
          credentials: [{ name: main, plugins: { key-auth: { key: globex-contract-key } } }]
      """;

  private static final String CONSTRAINT =
      """
        <error-page>
          <error-code>500</error-code>
          <location>/dispatch/failed</location>
        </error-page>
        <security-constraint>
          <web-resource-collection>
            <web-resource-name>constrained</web-resource-name>
            <url-pattern>/constrained/*</url-pattern>
            <url-pattern>/constrained-open/*</url-pattern>
          </web-resource-collection>
          <auth-constraint><role-name>reader</role-name></auth-constraint>
        </security-constraint>
        <security-role><role-name>reader</role-name></security-role>
      """;

  /** WildFly requires this before it applies {@code @RolesAllowed} to REST resources. */
  private static final String ROLES =
      """
        <context-param>
          <param-name>resteasy.role.based.security</param-name>
          <param-value>true</param-value>
        </context-param>
      """;

  private static final String OWN_DECLARATIONS =
      """
        <absolute-ordering/>
        <filter>
          <filter-name>targets</filter-name>
          <filter-class>dev.gatehouse.servlet.ConsumerFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>targets</filter-name>
          <url-pattern>/*</url-pattern>
        </filter-mapping>
        <filter>
          <filter-name>ours</filter-name>
          <filter-class>dev.gatehouse.servlet.ConsumerFilter</filter-class>
          <async-supported>true</async-supported>
          <init-param><param-name>key-auth</param-name><param-value>{}</param-value></init-param>
        </filter>
        <filter-mapping>
          <filter-name>ours</filter-name>
          <url-pattern>/views/*</url-pattern>
        </filter-mapping>
        <servlet>
          <servlet-name>views</servlet-name>
          <servlet-class>dev.gatehouse.servers.app.ViewsServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>views</servlet-name>
          <url-pattern>/views/*</url-pattern>
        </servlet-mapping>
      """;

  private static final String FACES =
      """
      <faces-config xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"/>
      """;

  private static final String PAGE =
      """
      <html xmlns="http://www.w3.org/1999/xhtml" xmlns:h="jakarta.faces.html">
        <h:body><h:outputText value="page of #{facesContext.externalContext.remoteUser}"/></h:body>
      </html>
      """;

  private static final String LOGIN =
      """
        <login-config>
          <auth-method>BASIC</auth-method>
          <realm-name>file</realm-name>
        </login-config>
      """;

  private static final Set<String> ROUTELESS = Set.of("ordered", "annotated");

  private final Servers server;

  ContractWar(Servers server) {
    this.server = server;
  }

  /** Returns all archives that fit the server. */
  List<Path> all() throws Exception {
    List<Path> all = new ArrayList<>(List.of(main(), ordered(), annotated(), quickStart()));
    if (server.full()) {
      all.add(beside());
      all.add(login());
    }
    if (server.brings(Servers.Part.MICROPROFILE_JWT)) {
      all.add(tokens());
    }
    return all;
  }

  /** Returns an application that has nothing but Gatehouse. */
  private Path main() throws Exception {
    return file(archive("contract", webXml("", ROLES + CONSTRAINT)));
  }

  /** Returns what the README's quick start makes of an application that was there before. */
  private Path quickStart() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    int from = readme.indexOf("```yaml\n") + "```yaml\n".length();
    String yaml = readme.substring(from, readme.indexOf("```", from));
    return file(
        ShrinkWrap.create(WebArchive.class, "quickstart.war")
            .addClass(ExistingServlet.class)
            .addAsLibraries(ours("dev.gatehouse:gatehouse-filter"))
            .addAsWebInfResource(new StringAsset(yaml), "gatehouse.yaml"));
  }

  /** One whose plugins are all annotations. */
  private Path annotated() throws Exception {
    return file(archive("annotated", webXml("", ""), "dev.gatehouse.servers.annotated"));
  }

  /** One that had a login, a filter and a constraint of its own before. */
  private Path beside() throws Exception {
    return file(
        archive("beside", webXml("", ROLES + CONSTRAINT))
            .addPackage("dev.gatehouse.servers.beside")
            .addAsWebInfResource(new StringAsset(FACES), "faces-config.xml")
            .addAsWebResource(new StringAsset(PAGE), "open.xhtml")
            .addAsWebResource(new StringAsset(PAGE), "guarded.xhtml"));
  }

  /** One that leaves its login to the server. */
  private Path login() throws Exception {
    WebArchive war = archive("login", webXml("", CONSTRAINT + LOGIN));
    if (server.has(Servers.Limit.LOGIN_FORBIDS_MECHANISM)) {
      war.addAsResource(
          new StringAsset("gatehouse.container-identity=false\n"),
          "META-INF/microprofile-config.properties");
    }
    return file(war);
  }

  /** One whose users come with tokens of MicroProfile JWT. */
  private Path tokens() throws Exception {
    WebArchive war = archive("tokens", webXml("", ""), "dev.gatehouse.servers.mpjwt");
    war.addAsResource(
        new StringAsset(Tokens.settings()), "META-INF/microprofile-config.properties");
    return file(war);
  }

  /** One that declares everything itself and excludes fragments. */
  private Path ordered() throws Exception {
    return file(archive("ordered", webXml(" metadata-complete=\"true\"", OWN_DECLARATIONS)));
  }

  private static String webXml(String more, String content) {
    return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\""
        + more
        + ">\n"
        + content
        + "</web-app>\n";
  }

  private WebArchive archive(String name, String webXml) throws Exception {
    WebArchive war = archive(name, webXml, "dev.gatehouse.servers.app");
    if (!server.full() || name.equals("ordered")) {
      for (String needed : List.of("CallerBean", "ManagedServlet")) {
        war.delete(
            ArchivePaths.create("/WEB-INF/classes/dev/gatehouse/servers/app/" + needed + ".class"));
      }
    }
    return war;
  }

  private WebArchive archive(String name, String webXml, String classes) throws Exception {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, name + ".war")
            .addAsLibraries(ours("dev.gatehouse:gatehouse-cdi-extension"))
            .addPackage(classes)
            .addAsWebInfResource(
                new StringAsset("<beans bean-discovery-mode=\"annotated\"/>"), "beans.xml")
            .setWebXML(new StringAsset(webXml));
    String yaml = name.equals("tokens") ? yaml().replace(" /rest/*,", "") : yaml();
    war.addAsWebInfResource(
        new StringAsset(ROUTELESS.contains(name) ? withoutRoutes(yaml) : yaml), "gatehouse.yaml");
    if (!server.full()) {
      war.addAsLibraries(Maven.resolver().resolve(WITHOUT_JAKARTA_EE).withTransitivity().asFile());
    }
    return war;
  }

  private static Path file(WebArchive war) throws IOException {
    Path directory = Files.createDirectories(Path.of("target/it").toAbsolutePath());
    Path file = Files.createTempDirectory(directory, "archive-").resolve(war.getName());
    war.as(ZipExporter.class).exportTo(file.toFile());
    return file;
  }

  private static String withoutRoutes(String yaml) {
    return yaml.substring(yaml.indexOf("consumers:"));
  }

  private static String yaml() {
    StringBuilder all = new StringBuilder(YAML);
    for (int i = 0; i < 20; i++) {
      all.append(
          "  - { username: crowd%d, credentials: [{ name: main, plugins: { key-auth: {"
              .formatted(i));
      all.append(" key: crowd%d-contract-key } } }] }\n".formatted(i));
    }
    return all.toString();
  }

  /** Returns the jars that an application gets from us: with what they need. */
  private static File[] ours(String artifact) {
    return Maven.configureResolver()
        .workOffline()
        .loadPomFromFile("pom.xml")
        .resolve(artifact)
        .withTransitivity()
        .asFile();
  }
}
