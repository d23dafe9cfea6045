package dev.gatehouse.sample;

import dev.gatehouse.Consumer;
import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A report that only Consumers with {@code tier: gold} may read, whatever its path is. */
@WebServlet("/reports/daily")
@KeyAuth(hideCredentials = true)
@Acl(allow = "tier:gold")
public class DailyReportServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Consumer consumer;
  @Inject private transient Orders orders;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .printf("Daily report for %s: %d orders so far%n", consumer.username(), orders.count());
  }
}
