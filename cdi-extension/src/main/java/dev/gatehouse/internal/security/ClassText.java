package dev.gatehouse.internal.security;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The constants of a class, searched for use of the container's security.
 *
 * <p>Every name that a class uses is in its constant pool as text. The text is searched without
 * parsing: a name in an unrelated place only makes the answer the safe one.
 *
 * @param text the bytes of the class file, one character each
 */
record ClassText(String text) {
  private static final Map<String, String> MARKS = marks();

  private static final List<String> CALLER_METHODS =
      Stream.of("getUserPrincipal", "getRemoteUser", "isUserInRole")
          .map(ClassText::constant)
          .toList();

  private static final String PRINCIPAL = "Ljava/security/Principal;";
  private static final String PARAMETER = "\\([^()]*" + PRINCIPAL + "[^()]*\\)";

  /** A type argument, or a parameter of a constructor, initializer or observer. */
  private static final Pattern INJECTED_PRINCIPAL =
      Pattern.compile('<' + PRINCIPAL + ">|" + PARAMETER + 'V');

  private static final Pattern PRODUCER_PARAMETER = Pattern.compile(PARAMETER);

  /** Returns the text of a class file. */
  static ClassText of(byte[] bytes) {
    return new ClassText(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Returns the demand of the class for the container's caller, or empty if there is none. */
  Optional<String> demand() {
    for (Map.Entry<String, String> mark : MARKS.entrySet()) {
      if (text.contains(mark.getKey())) {
        return Optional.of(mark.getValue());
      }
    }
    if (asksEnterpriseBeansOfOthers()) {
      return Optional.of("@EJB or a look-up of other applications' beans");
    }
    if (injectsPrincipal()) {
      return Optional.of("an injected Principal");
    }
    if (text.contains(constant("authenticate"))
        && text.contains("(Ljakarta/servlet/http/HttpServletResponse;)Z")) {
      return Optional.of("HttpServletRequest.authenticate");
    }
    return asksOutsideOfFilters()
        ? Optional.of("getUserPrincipal of a listener or WebSocket")
        : Optional.empty();
  }

  private boolean asksEnterpriseBeansOfOthers() {
    boolean named =
        text.contains("Ljakarta/ejb/EJB;")
            && (text.contains(constant("lookup")) || text.contains(constant("mappedName")));
    return named || (text.contains("javax/naming/") && text.contains("ejb:"));
  }

  /** Returns whether the class injects CDI's built-in bean, which is the container's caller. */
  private boolean injectsPrincipal() {
    if (!text.contains("java/security/Principal")) {
      return false;
    }
    boolean bean = text.contains("Ljakarta/inject/Inject;") || text.contains("jakarta/enterprise/");
    boolean producer = text.contains("Ljakarta/enterprise/inject/Produces;");
    return (bean && (INJECTED_PRINCIPAL.matcher(text).find() || hasField(PRINCIPAL)))
        || (producer && PRODUCER_PARAMETER.matcher(text).find())
        || text.contains("jakarta/enterprise/inject/spi/CDI");
  }

  private boolean hasField(String type) {
    return text.contains(constant(type))
        && ClassFields.contain(type, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns whether a listener or WebSocket endpoint, which do not get our request, asks. */
  private boolean asksOutsideOfFilters() {
    boolean outside =
        text.contains("jakarta/servlet/ServletRequestListener")
            || text.contains("jakarta/websocket/");
    return outside && CALLER_METHODS.stream().anyMatch(text::contains);
  }

  private static Map<String, String> marks() {
    Map<String, String> marks = new LinkedHashMap<>();
    for (String name : new String[] {"RolesAllowed", "DeclareRoles", "DenyAll", "RunAs"}) {
      marks.put("Ljakarta/annotation/security/" + name + ';', '@' + name);
    }
    marks.put("Ljakarta/servlet/annotation/ServletSecurity;", "@ServletSecurity");
    for (String method : new String[] {"setServletSecurity", "declareRoles"}) {
      marks.put(constant(method), method);
    }
    for (String method : new String[] {"getCallerPrincipal", "isCallerInRole"}) {
      marks.put(constant(method), method);
    }
    marks.put("jakarta/security/", "Jakarta Security");
    marks.put("org/eclipse/microprofile/auth/", "@LoginConfig");
    marks.put("org/eclipse/microprofile/jwt/", "MicroProfile JWT");
    for (String server :
        new String[] {
          "fish/payara/cdi/auth/",
          "fish/payara/security/",
          "com/sun/enterprise/security/",
          "org/wildfly/security/",
          "com/ibm/websphere/security/"
        }) {
      marks.put(server, server.replace('/', '.') + '*');
    }
    marks.put("java:global/", "java:global/");
    return marks;
  }

  /** Returns a text as in a constant pool: its kind, two bytes of length, and the text. */
  private static String constant(String text) {
    return "\u0001\u0000" + (char) text.length() + text;
  }
}
