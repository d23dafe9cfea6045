package dev.gatehouse.spi.plugin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision of an interceptor about a request.
 *
 * <p>A failure is not a decision: the interceptor throws an exception, and the request is answered
 * with 5xx.
 */
public sealed interface Decision {
  /** The request goes on, with nothing to add. */
  Allow ALLOW = Allow.builder().build();

  /** The request goes on. Immutable. */
  final class Allow implements Decision {
    private final List<Header> headers;
    private final @Nullable Permit permit;
    private final @Nullable Delay delay;
    private final Map<String, Optional<String>> attached;
    private final @Nullable String shadowReason;
    private final @Nullable String handledPlugin;

    private Allow(Builder builder) {
      this.headers = builder.headers;
      this.permit = builder.permit;
      this.delay = builder.delay;
      this.attached = builder.attached;
      this.shadowReason = builder.shadowReason;
      this.handledPlugin = builder.handledPlugin;
    }

    /** Returns a builder of a decision with nothing to add. */
    public static Builder builder() {
      return new Builder();
    }

    /** Returns a decision that adds headers to the response. */
    public static Allow headers(List<Header> headers) {
      return builder().headers(headers).build();
    }

    /** Returns a decision by which the request holds a permit until it is over. */
    public static Allow holding(Permit permit) {
      return builder().permit(permit).build();
    }

    /** Returns a decision by which the request waits before the application runs. */
    public static Allow delayed(Delay delay) {
      return builder().delay(delay).build();
    }

    /**
     * Returns the decision of a rule that is observed and not enforced.
     *
     * @param reason why the request would have been refused, for the log and the listener
     */
    public static Allow shadow(String reason) {
      return builder().shadow(reason).build();
    }

    /**
     * Returns the decision of a plugin that has done the work of another one.
     *
     * @param plugin the name of the plugin that is skipped for this request
     */
    public static Allow handled(String plugin) {
      return builder().handled(plugin).build();
    }

    /** Returns a builder that starts with the parts of this decision. */
    public Builder toBuilder() {
      Builder builder = new Builder();
      builder.headers = headers;
      builder.permit = permit;
      builder.delay = delay;
      builder.attached = attached;
      builder.shadowReason = shadowReason;
      builder.handledPlugin = handledPlugin;
      return builder;
    }

    /** Returns the headers to add to the response; unmodifiable. */
    public List<Header> headers() {
      return headers;
    }

    /** Returns the permit that the request holds until it is complete, or null. */
    public @Nullable Permit permit() {
      return permit;
    }

    /** Returns how long the request waits before it goes on, or null. */
    public @Nullable Delay delay() {
      return delay;
    }

    /**
     * Returns the request headers that the application sees instead of the client's, by name; where
     * the value is empty it sees none. Unmodifiable.
     */
    public Map<String, Optional<String>> attached() {
      return attached;
    }

    /** Returns why an enforced rule would have refused the request, or null. */
    public @Nullable String shadowReason() {
      return shadowReason;
    }

    /** Returns the name of the plugin that is skipped for this request, or null. */
    public @Nullable String handledPlugin() {
      return handledPlugin;
    }

    @Override
    public String toString() {
      return "Allow[headers="
          + headers
          + ", attached="
          + attached.keySet()
          + ", delay="
          + delay
          + ", shadow="
          + shadowReason
          + "]";
    }

    /** Collects the parts of a decision. Not safe for use by several threads. */
    public static final class Builder {
      private List<Header> headers = List.of();
      private @Nullable Permit permit;
      private @Nullable Delay delay;
      private Map<String, Optional<String>> attached = Map.of();
      private @Nullable String shadowReason;
      private @Nullable String handledPlugin;

      private Builder() {}

      /** Sets the headers to add to the response. */
      public Builder headers(List<Header> added) {
        this.headers = List.copyOf(added);
        return this;
      }

      /** Sets what the request holds until it is over. */
      public Builder permit(Permit held) {
        this.permit = Objects.requireNonNull(held, "held");
        return this;
      }

      /** Sets how long the request waits before the application runs. */
      public Builder delay(Delay wait) {
        this.delay = Objects.requireNonNull(wait, "wait");
        return this;
      }

      /**
       * Sets the request headers that the application sees instead of the client's; where the value
       * is empty it sees none. The plugin must name them in {@link ConsumerInterceptor#ownHeaders}.
       */
      public Builder attach(Map<String, Optional<String>> requestHeaders) {
        this.attached = Map.copyOf(requestHeaders);
        return this;
      }

      /** Sets why the request would have been refused if the rule were enforced. */
      public Builder shadow(String reason) {
        this.shadowReason = Objects.requireNonNull(reason, "reason");
        return this;
      }

      /** Sets the name of a plugin that is skipped for this request. */
      public Builder handled(String plugin) {
        this.handledPlugin = Objects.requireNonNull(plugin, "plugin");
        return this;
      }

      /** Returns the decision. */
      public Allow build() {
        return new Allow(this);
      }
    }
  }

  /**
   * The request is refused; no further plugin and no application runs.
   *
   * @param reply the response to the client; must not contain what the client presented
   * @param reason the reason for the log and the listener; must not contain what the client
   *     presented
   */
  record Deny(Reply reply, String reason) implements Decision {
    /** Both parts are required. */
    public Deny {
      Objects.requireNonNull(reply, "reply");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
