package dev.gatehouse.sample;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Looks protected and is not, because an annotation has no effect here. */
@WebFilter("/misplaced")
@KeyAuth
public class MisplacedFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.getWriter().print("open to everybody");
  }
}
