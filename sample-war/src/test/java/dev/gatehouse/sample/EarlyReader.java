package dev.gatehouse.sample;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;

/** Reads a form before any filter can, where a request asks for it. */
@WebListener
public class EarlyReader implements ServletRequestListener {
  @Override
  public void requestInitialized(ServletRequestEvent event) {
    HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
    if (request.getHeader("early") != null) {
      request.getParameter("role");
    }
  }
}
