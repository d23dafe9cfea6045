package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.cdi.Caller;
import dev.gatehouse.settings.PluginSet;
import java.util.Map;
import java.util.Optional;

/** A view of the Consumer of the request that the calling thread serves. */
public final class CurrentConsumer implements Consumer {
  private final Caller caller;

  public CurrentConsumer(Caller caller) {
    this.caller = caller;
  }

  private Consumer now() {
    return caller
        .consumer()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No Consumer was identified for this request: no Gatehouse route with a"
                        + " credential plugin (as key-auth) covers its path. Add a route for the"
                        + " path, or, where a Consumer is optional, inject dev.gatehouse.cdi.Caller"
                        + " and ask its consumer()."));
  }

  @Override
  public String username() {
    return now().username();
  }

  @Override
  public Optional<String> description() {
    return now().description();
  }

  @Override
  public Map<String, String> labels() {
    return now().labels();
  }

  @Override
  public Optional<String> group() {
    return now().group();
  }

  @Override
  public PluginSet plugins() {
    return now().plugins();
  }

  @Override
  public String getName() {
    return now().getName();
  }

  @Override
  public String toString() {
    return now().toString();
  }
}
