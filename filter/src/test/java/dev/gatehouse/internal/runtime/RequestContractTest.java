package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request's user by the words of the Servlet specification. */
class RequestContractTest {
  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <servlet>
          <servlet-name>asking</servlet-name>
          <security-role-ref><role-name>chief</role-name><role-link>buyer</role-link></security-role-ref>
          <security-role-ref><role-name>auditor</role-name><role-link>nobody</role-link></security-role-ref>
        </servlet>
        <security-role><role-name>%s</role-name></security-role>
      </web-app>
      """;

  @TempDir private Path documents = Path.of("");

  private String answer(String declared, String path, String... headers) {
    try {
      Files.createDirectories(documents.resolve("WEB-INF"));
      Files.writeString(documents.resolve("WEB-INF/web.xml"), WEB_XML.formatted(declared));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/asking").plugin("key-auth", "{\"hide_credentials\": true}"))
            .route(r -> r.uri("/guest").plugin("key-auth", "{\"anonymous_consumer\": \"guest\"}"))
            .consumer(
                "acme",
                c ->
                    c.label("roles", "buyer,auditor")
                        .credential("one", "key-auth", "{\"key\": \"acme-key\"}"))
            .consumer("guest", c -> c)
            .build();
    try (TomcatServer server =
        TomcatServer.start("", documents, context -> application(context, filter))) {
      return server.get(path, headers).body();
    }
  }

  private static void application(Context context, ConsumerFilter filter) {
    TestApplications.filter(context, "gate", filter, "/*");
    Wrapper asking = Tomcat.addServlet(context, "asking", new Asking());
    asking.setAsyncSupported(true);
    context.addServletMappingDecoded("/asking", "asking");
    context.addServletMappingDecoded("/guest", "asking");
    Tomcat.addServlet(context, "other", new Asking());
    context.addServletMappingDecoded("/other", "other");
  }

  @Test
  void rolesAndLogout_areThoseOfTheSpecification() {
    assertEquals(
        "buyer ** chief | acme acme key-auth | null null null [] | nulls",
        answer("buyer", "/asking", "apikey", "acme-key"));
  }

  @Test
  void anonymousConsumer_isNotAuthenticated() {
    assertEquals(" | guest guest null | null null null [] | nulls", answer("buyer", "/guest"));
  }

  @Test
  void declaredRoleOfTwoStars_isAnOrdinaryRole() {
    assertEquals(
        "buyer chief | acme acme key-auth | null null null [] | nulls",
        answer("**", "/asking", "apikey", "acme-key"));
  }

  /** Says what the request answers, before and after a logout. */
  private static final class Asking extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      StringBuilder said = new StringBuilder(roles(request));
      said.append(" | ").append(user(request));
      request.logout();
      said.append(" | ").append(user(request)).append(" [").append(roles(request)).append(']');
      nulls(request);
      response.getWriter().print(said.append(" | nulls"));
    }

    private static String roles(HttpServletRequest request) {
      StringBuilder roles = new StringBuilder();
      for (String role : new String[] {"buyer", "auditor", "*", "**", "chief", null}) {
        if (request.isUserInRole(role)) {
          roles.append(' ').append(role);
        }
      }
      return roles.toString().strip();
    }

    private static String user(HttpServletRequest request) {
      return (request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName())
          + " "
          + request.getRemoteUser()
          + " "
          + request.getAuthType();
    }

    /** What the container answers to a missing name is not ours to change. */
    private static void nulls(HttpServletRequest request) {
      HttpServletRequest container = request;
      while (container instanceof ServletRequestWrapper wrapper) {
        container = (HttpServletRequest) wrapper.getRequest();
      }
      List<Function<HttpServletRequest, Object>> questions =
          List.of(
              asked -> asked.getHeader(null),
              asked -> asked.getHeaders(null),
              asked -> asked.getIntHeader(null),
              asked -> asked.getDateHeader(null),
              asked -> asked.getParameter(null),
              asked -> asked.getParameterValues(null),
              asked -> asked.getAttribute(null));
      for (Function<HttpServletRequest, Object> question : questions) {
        if (!outcome(question, container).equals(outcome(question, request))) {
          throw new IllegalStateException(outcome(question, request));
        }
      }
    }

    private static String outcome(
        Function<HttpServletRequest, Object> question, HttpServletRequest request) {
      try {
        Object answer = question.apply(request);
        return answer instanceof Enumeration<?> ? "enumeration" : String.valueOf(answer);
      } catch (RuntimeException e) {
        return e.getClass().getName();
      }
    }
  }
}
