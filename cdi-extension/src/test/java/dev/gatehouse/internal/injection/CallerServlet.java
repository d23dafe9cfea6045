package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.servlet.Consumers;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Answers one question for each path, in one line; a refusal is answered with its text. */
public final class CallerServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Consumer consumer;
  @Inject private transient Ledger ledger;
  @Inject private transient Basket basket;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (path.equals("/async") && request.getDispatcherType() == DispatcherType.REQUEST) {
      AsyncContext later = request.startAsync();
      later.start(later::dispatch);
    } else {
      response.getWriter().print(answer(path, request));
    }
  }

  private String answer(String path, HttpServletRequest request) {
    try {
      return question(path, request).call();
    } catch (IllegalStateException refused) {
      return "refused: " + refused.getMessage();
    } catch (Exception unexpected) {
      return "unexpected: " + unexpected;
    }
  }

  private Callable<String> question(String path, HttpServletRequest request) {
    return switch (path) {
      case "/servlet" -> consumer::username;
      case "/ledger" -> ledger::entry;
      case "/optional" -> ledger::optional;
      case "/instance" -> ledger::lookedUp;
      case "/session" -> basket::owner;
      case "/principal" -> ledger::principalName;
      case "/claims" -> ledger::subject;
      case "/text" -> consumer::toString;
      case "/thread" -> () -> CompletableFuture.supplyAsync(this::elsewhere).join();
      case "/async" -> () -> elsewhere() + " | " + Consumers.of(request).map(Consumer::username);
      default -> throw new IllegalArgumentException(path);
    };
  }

  private String elsewhere() {
    try {
      return consumer.username();
    } catch (IllegalStateException refused) {
      return "refused: " + refused.getMessage();
    }
  }
}
