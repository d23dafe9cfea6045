package dev.gatehouse.internal.injection;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * The event that an application has started.
 *
 * @param context the context of the application
 */
public record ApplicationStarted(ServletContext context) {
  /** A listener that fires the event if CDI runs. */
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
