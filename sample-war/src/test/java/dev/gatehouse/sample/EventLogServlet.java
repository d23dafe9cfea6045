package dev.gatehouse.sample;

import dev.gatehouse.spi.event.GateEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes the events that the application's observers received, one a line. */
@WebServlet("/open/heard")
public class EventLogServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Heard heard;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().write(String.join("\n", heard.lines()));
  }

  /** The observers. */
  @ApplicationScoped
  public static class Heard {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Refusals. */
    public void refused(@Observes GateEvent.Refused event) {
      lines.add(event.status() + " by " + event.plugin() + " on " + event.route());
    }

    /** Changes. */
    public void changed(@Observes GateEvent.Changed event) {
      lines.add(event.who() + ' ' + event.action() + ' ' + event.resource());
    }

    /** Returns all of them, in their order. */
    public List<String> lines() {
      return lines;
    }
  }
}
