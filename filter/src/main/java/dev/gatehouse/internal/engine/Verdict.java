package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Delay;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The decision of the gate about a request. */
public sealed interface Verdict {
  /** Returns the decision as a word for metrics. */
  default String word() {
    return this instanceof Pass ? "passed" : this instanceof Admit ? "admitted" : "refused";
  }

  /** Returns this verdict with further response headers. */
  default Verdict with(RequestGuard.Outcome.Proceed guarded) {
    if (this instanceof Admit admit && !guarded.admitted().isEmpty()) {
      return new Admit(
          admit.admission(),
          joined(admit.headers(), guarded.admitted()),
          admit.permits(),
          admit.delay());
    }
    return this instanceof Refuse refuse && !guarded.refused().isEmpty()
        ? new Refuse(refuse.reply().with(joined(refuse.reply().headers(), guarded.refused())))
        : this;
  }

  private static List<Header> joined(List<Header> first, List<Header> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** No Route matches, and the request goes on. */
  record Pass() implements Verdict {}

  /**
   * The request is admitted.
   *
   * @param admission the decisions so far
   * @param headers headers of the response
   * @param permits the permits that the request holds until it is complete
   * @param delay the delay of the request, or null
   */
  record Admit(
      Admission admission, List<Header> headers, List<Permit> permits, @Nullable Delay delay)
      implements Verdict {
    /** Creates a verdict. */
    public Admit {
      headers = List.copyOf(headers);
      permits = List.copyOf(permits);
    }
  }

  /**
   * The request is refused.
   *
   * @param reply the reply to the client, with challenges
   */
  record Refuse(Reply reply) implements Verdict {}
}
