package dev.gatehouse.servers.app;

import dev.gatehouse.cdi.Caller;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Reads the caller on a thread of the server's managed executor. */
@WebServlet("/views/managed")
public class ManagedServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Resource ManagedExecutorService managed;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Caller caller = CDI.current().select(Caller.class).get();
    Callable<String> task =
        () -> caller.consumer().map(consumer -> consumer.username()).orElse("nobody");
    response.getWriter().print("protected " + result(task));
  }

  private String result(Callable<String> task) throws ServletException {
    try {
      return managed.submit(task).get();
    } catch (InterruptedException e) {
      throw new ServletException(e);
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    }
  }
}
