package dev.gatehouse.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;

final class ConfiguredSite {
  private ConfiguredSite() {}

  static SiteSource open(FilterConfig config) throws ServletException {
    if (config.getFilterName().isEmpty()) {
      throw new ServletException("no name");
    }
    throw new ServletException("being written");
  }
}
