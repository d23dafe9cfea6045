package dev.gatehouse.internal.runtime;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The roles in {@code web.xml} and the fragments of an application, which containers do not report
 * to filters.
 *
 * @param names the names of {@code <security-role>}
 * @param links the {@code <security-role-ref>} of each servlet: links by role name
 * @param elements the names of all elements
 */
public record DeclaredRoles(
    Set<String> names, Map<String, Map<String, String>> links, Elements elements) {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String ATTRIBUTE = "dev.gatehouse.roles";
  private static final String DESCRIPTOR = "/WEB-INF/web.xml";
  private static final String FRAGMENT = "META-INF/web-fragment.xml";
  private static final Elements NO_ELEMENTS = new Elements(Set.of(), Set.of(), true);

  /**
   * The elements of an application's deployment descriptors.
   *
   * @param webXml the local names of all elements in {@code web.xml}
   * @param fragments the names in all {@code web-fragment.xml}, even those that an ordering
   *     excludes
   * @param readable whether all descriptors could be read
   */
  public record Elements(Set<String> webXml, Set<String> fragments, boolean readable) {
    /** Copies the sets. */
    public Elements {
      webXml = Set.copyOf(webXml);
      fragments = Set.copyOf(fragments);
    }

    /** Returns whether an element is in any of the descriptors. */
    public boolean contain(String name) {
      return webXml.contains(name) || fragments.contains(name);
    }
  }

  /** Creates roles. */
  public DeclaredRoles {
    names = Set.copyOf(names);
    links = Map.copyOf(links);
  }

  /** Returns the roles of an application. They are read at the first call. */
  public static DeclaredRoles of(@Nullable ServletContext context) {
    if (context == null) {
      return new DeclaredRoles(Set.of(), Map.of(), NO_ELEMENTS);
    }
    if (context.getAttribute(ATTRIBUTE) instanceof DeclaredRoles known) {
      return known;
    }
    DeclaredRoles read = read(context);
    context.setAttribute(ATTRIBUTE, read);
    return read;
  }

  /** Returns the role of a name in a servlet. */
  public String link(@Nullable String servlet, String role) {
    return servlet == null ? role : links.getOrDefault(servlet, Map.of()).getOrDefault(role, role);
  }

  /** An embedded Jetty without a WAR has no class loader of the application. */
  private static ClassLoader loader(ServletContext context) {
    ClassLoader own = context.getClassLoader();
    return own == null ? DeclaredRoles.class.getClassLoader() : own;
  }

  private static DeclaredRoles read(ServletContext context) {
    DescriptorReader webXml = new DescriptorReader();
    DescriptorReader fragments = new DescriptorReader();
    boolean readable = true;
    try {
      for (URL fragment : Collections.list(loader(context).getResources(FRAGMENT))) {
        try (InputStream in = fragment.openStream()) {
          fragments.read(in);
        }
      }
      try (InputStream in = context.getResourceAsStream(DESCRIPTOR)) {
        if (in != null) {
          webXml.read(in);
        }
      }
    } catch (IOException | XMLStreamException e) {
      LOG.log(System.Logger.Level.WARNING, "the roles of web.xml could not be read", e);
      readable = false;
    }
    fragments.names.addAll(webXml.names);
    webXml.links.forEach(
        (servlet, own) ->
            fragments.links.computeIfAbsent(servlet, key -> new HashMap<>()).putAll(own));
    return new DeclaredRoles(
        fragments.names,
        fragments.links,
        new Elements(webXml.elements, fragments.elements, readable));
  }

  /** Reads descriptors of one kind. */
  private static final class DescriptorReader {
    final Set<String> names = new HashSet<>();
    final Map<String, Map<String, String>> links = new HashMap<>();
    final Set<String> elements = new HashSet<>();

    void read(InputStream in) throws XMLStreamException {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      String servlet = "";
      String name = "";
      boolean ref = false;
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          elements.add(xml.getLocalName());
          switch (xml.getLocalName()) {
            case "servlet-name" -> servlet = text(xml);
            case "security-role", "auth-constraint", "run-as" -> ref = false;
            case "security-role-ref" -> ref = true;
            case "role-name" -> {
              name = text(xml);
              if (!ref) {
                names.add(name);
              }
            }
            case "role-link" ->
                links.computeIfAbsent(servlet, key -> new HashMap<>()).put(name, text(xml));
            default -> {}
          }
        }
      }
    }
  }

  private static String text(XMLStreamReader xml) throws XMLStreamException {
    return xml.getElementText().strip();
  }
}
