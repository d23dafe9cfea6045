package dev.gatehouse.internal.injection;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * The event that an application has started, with its context, on every server alike.
 *
 * @param context the application
 */
public record ApplicationStarted(ServletContext context) {
  /** Fires the event when CDI runs. */
  public static final class Announcement implements ServletContextListener {
    /** For {@link ServletContext#addListener}. */
    public Announcement() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
      ApplicationStarted started = new ApplicationStarted(event.getServletContext());
      ApplicationBeans.find().ifPresent(beans -> beans.getEvent().fire(started));
    }
  }
}
