package dev.gatehouse.servers.beans;

import dev.gatehouse.Consumer;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Sends the user of the session at its start and on each message. */
@ServerEndpoint("/seen/socket")
public class CallerEndpoint {
  @Inject Consumer consumer;

  /** At the start. */
  @OnOpen
  public void open(Session session) throws IOException {
    session.getBasicRemote().sendText("open " + name(session));
  }

  /** Later. */
  @OnMessage
  public String answer(String asked, Session session) {
    return asked + ' ' + name(session);
  }

  private String name(Session session) {
    String principal =
        session.getUserPrincipal() == null ? "none" : session.getUserPrincipal().getName();
    try {
      return consumer.username() + ' ' + principal;
    } catch (IllegalStateException refused) {
      return "refused " + principal;
    }
  }
}
