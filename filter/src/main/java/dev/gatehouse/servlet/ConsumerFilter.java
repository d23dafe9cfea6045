package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpFilter;

/** The filter; being written. */
public final class ConsumerFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
}
