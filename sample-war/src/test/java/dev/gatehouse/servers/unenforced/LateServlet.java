package dev.gatehouse.servers.unenforced;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that a listener adds. */
@KeyAuth
public class LateServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print("protected by nothing");
  }

  /** Adds it. */
  @WebListener
  public static class Registration implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      event.getServletContext().addServlet("late", LateServlet.class).addMapping("/late");
    }
  }
}
