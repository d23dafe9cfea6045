package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Identity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves behind what the gate leaves behind: {@code X-Test-Caller: name} or {@code guest}, and
 * {@code X-Test-Subject} as a claim.
 */
public final class TestIdentityFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Returns a filter without settings. */
  public TestIdentityFilter() {}

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse reply, FilterChain chain)
      throws IOException, ServletException {
    @Nullable String name = request.getHeader("X-Test-Caller");
    if (name != null) {
      Consumer consumer = Consumer.named(name).label("tier", "gold").build();
      Credential credential = Credential.of("key-of-" + name, "key-auth").build();
      ApplicationScope.of(request)
          .admit(
              request,
              Admission.of(
                  new Identity(consumer, name.equals("guest") ? null : credential, Map.of())));
    }
    @Nullable String subject = request.getHeader("X-Test-Subject");
    if (subject != null) {
      request.setAttribute("dev.gatehouse.jwt.claims", Map.of("sub", subject));
    }
    RequestState serving = RequestState.of(request);
    Dispatch outer = serving.begin(new Dispatch(request, reply, chain, null));
    try {
      chain.doFilter(request, reply);
    } finally {
      serving.end(outer);
    }
  }
}
