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
 */
public record DeclaredRoles(Set<String> names, Map<String, Map<String, String>> links) {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String ATTRIBUTE = "dev.gatehouse.roles";
  private static final String DESCRIPTOR = "/WEB-INF/web.xml";
  private static final String FRAGMENT = "META-INF/web-fragment.xml";

  /** Creates roles. */
  public DeclaredRoles {
    names = Set.copyOf(names);
    links = Map.copyOf(links);
  }

  /** Returns the roles of an application. They are read at the first call. */
  public static DeclaredRoles of(@Nullable ServletContext context) {
    if (context == null) {
      return new DeclaredRoles(Set.of(), Map.of());
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
    Set<String> names = new HashSet<>();
    Map<String, Map<String, String>> links = new HashMap<>();
    try {
      for (URL fragment : Collections.list(loader(context).getResources(FRAGMENT))) {
        try (InputStream in = fragment.openStream()) {
          read(in, names, links);
        }
      }
      try (InputStream in = context.getResourceAsStream(DESCRIPTOR)) {
        if (in != null) {
          read(in, names, links);
        }
      }
    } catch (IOException | XMLStreamException e) {
      LOG.log(System.Logger.Level.WARNING, "the roles of web.xml could not be read", e);
    }
    return new DeclaredRoles(names, links);
  }

  private static void read(
      InputStream in, Set<String> names, Map<String, Map<String, String>> links)
      throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    String servlet = "";
    String name = "";
    boolean ref = false;
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamReader.START_ELEMENT) {
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

  private static String text(XMLStreamReader xml) throws XMLStreamException {
    return xml.getElementText().strip();
  }
}
