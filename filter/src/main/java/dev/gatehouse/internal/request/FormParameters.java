package dev.gatehouse.internal.request;

import dev.gatehouse.internal.http.RawQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks whether a container has parsed a form from a body at its end. */
final class FormParameters extends HttpServletRequestWrapper {
  private FormParameters(HttpServletRequest request) {
    super(request);
  }

  /** Returns whether there are parameters that are not in a query of the request. */
  static boolean haveMoreThanTheQuery(HttpServletRequest request) {
    return new FormParameters(request).haveMore();
  }

  private boolean haveMore() {
    @Nullable String now = getQueryString();
    @Nullable String sent = RequestState.of(getRequest()).query();
    for (Map.Entry<String, String[]> each : getParameterMap().entrySet()) {
      int ofQuery = RawQuery.values(now, each.getKey()).size();
      if (!Objects.equals(now, sent)) {
        ofQuery += RawQuery.values(sent, each.getKey()).size();
      }
      if (each.getValue().length > ofQuery) {
        return true;
      }
    }
    return false;
  }
}
