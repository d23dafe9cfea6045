package dev.gatehouse.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archive that the build made, with a data directory of its own, changed as a test needs. */
final class SampleWar {
  private static final String YAML = "WEB-INF/gatehouse.yaml";
  private static final String WEB_XML = "WEB-INF/web.xml";
  private static final String DATABASE = "${MPCONFIG=orders.database:file:./data}";

  /** The directory of this module; empty when that is where the process runs. */
  static final Path ROOT = Path.of(System.getProperty("gatehouse.sample", ""));

  private final WebArchive archive;

  private SampleWar(WebArchive archive) {
    this.archive = archive;
  }

  /** Returns the built archive; its data goes below target. */
  static SampleWar named(String name) {
    File built = new File(System.getProperty("sample.war"));
    SampleWar war =
        new SampleWar(ShrinkWrap.createFromZipFile(WebArchive.class, built).as(WebArchive.class));
    return war.replace(WEB_XML, DATABASE, "file:" + freshDirectory(name));
  }

  /** Adds Consumers at the end of the shipped gatehouse.yaml. */
  SampleWar plusConsumers(String yaml) {
    return write(YAML, read(YAML) + '\n' + yaml);
  }

  SampleWar withYaml(String yaml) {
    return write(YAML, yaml);
  }

  /** Replaces the whole JDBC address of the data source. */
  SampleWar withDatabase(String address) {
    String webXml = read(WEB_XML);
    String url = webXml.substring(webXml.indexOf("<url>"), webXml.indexOf("</url>"));
    return replace(WEB_XML, url, "<url>" + address);
  }

  SampleWar plus(Class<?>... classes) {
    archive.addClasses(classes);
    return this;
  }

  SampleWar replace(String path, String old, String with) {
    String text = read(path);
    if (!text.contains(old)) {
      throw new IllegalArgumentException(path + " does not contain " + old);
    }
    return write(path, text.replace(old, with));
  }

  String read(String path) {
    try (InputStream in = archive.get(path).getAsset().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WebArchive archive() {
    return archive;
  }

  /** Writes the archive to a file of that name below target. */
  Path file(String name) {
    Path file = freshDirectory("war-" + name).resolve(name);
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    return file;
  }

  private SampleWar write(String path, String text) {
    archive.delete(path);
    archive.add(new StringAsset(text), path);
    return this;
  }

  static Path freshDirectory(String name) {
    try {
      Path all = Files.createDirectories(ROOT.resolve("target/it").toAbsolutePath());
      return Files.createTempDirectory(all, name + '-');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
