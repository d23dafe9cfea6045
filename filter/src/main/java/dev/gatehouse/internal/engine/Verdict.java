package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Delay;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the gate has decided about a request; there is no fourth answer. */
public sealed interface Verdict {
  /** Returns the decision in a word, for metrics. */
  default String word() {
    return this instanceof Pass ? "passed" : this instanceof Admit ? "admitted" : "refused";
  }

  /** Returns the same verdict with more headers for the client. */
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

  /** No Route holds: the request is none of our business and goes on. */
  record Pass() implements Verdict {}

  /**
   * The request goes on.
   *
   * @param admission the identity, and what was decided so far
   * @param headers headers of the response
   * @param permits what the request holds until it is really over
   * @param delay how long it waits before it goes on, or null
   */
  record Admit(
      Admission admission, List<Header> headers, List<Permit> permits, @Nullable Delay delay)
      implements Verdict {
    /** Copies both lists. */
    public Admit {
      headers = List.copyOf(headers);
      permits = List.copyOf(permits);
    }
  }

  /**
   * The request ends here.
   *
   * @param reply what the client is told, challenges included
   */
  record Refuse(Reply reply) implements Verdict {}
}
