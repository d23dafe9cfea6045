package dev.gatehouse.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a consumer interceptor decides about a request. */
public sealed interface Decision {
  /** Go on, with nothing to add. */
  Allow ALLOW = new Allow(List.of(), null);

  /**
   * Go on.
   *
   * @param headers headers of the response
   * @param permit what the request holds until it is over, or null
   * @param delay how long the request waits before it goes on, or null
   * @param attached request headers that the application sees instead of the client's; an empty one
   *     it does not see at all
   * @param notice what the listener and the log are told although nobody is refused, or null
   * @param instead a plugin further on that is not asked, because its work is done, or null
   */
  record Allow(
      List<Header> headers,
      @Nullable Permit permit,
      @Nullable Delay delay,
      Map<String, Optional<String>> attached,
      @Nullable String notice,
      @Nullable String instead)
      implements Decision {
    /** Copies the headers. */
    public Allow {
      headers = List.copyOf(headers);
      attached = Map.copyOf(attached);
    }

    /** At once, and without a notice. */
    public Allow(List<Header> headers, @Nullable Permit permit) {
      this(headers, permit, null, Map.of(), null, null);
    }

    /** The same, after a while. */
    public Allow after(Delay wait) {
      return new Allow(headers, permit, wait, attached, notice, instead);
    }

    /** The same, and something that the listener and the log are told. */
    public Allow noticing(String text) {
      return new Allow(headers, permit, delay, attached, text, instead);
    }

    /** The same, with request headers for the application. */
    public Allow attaching(Map<String, Optional<String>> more) {
      return new Allow(headers, permit, delay, more, notice, instead);
    }

    /** The same, and a plugin further on is not asked. */
    public Allow insteadOf(String plugin) {
      return new Allow(headers, permit, delay, attached, notice, plugin);
    }
  }

  /**
   * Stop.
   *
   * @param reply what the client is told
   * @param reason what the log is told
   */
  record Deny(Reply reply, String reason) implements Decision {
    /** Both parts are required. */
    public Deny {
      Objects.requireNonNull(reply, "reply");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
