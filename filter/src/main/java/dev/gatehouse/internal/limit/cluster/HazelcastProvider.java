package dev.gatehouse.internal.limit.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.ChangeHints;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The provider of {@code gatehouse.limits.backend=hazelcast}: the data grid with the JNDI name
 * {@code gatehouse.limits.hazelcast.instance}, by default {@code payara/Hazelcast}.
 */
public final class HazelcastProvider implements SharedSlotsProvider {
  private static final String INSTANCE = "gatehouse.limits.hazelcast.instance";
  private static final String PAYARA = "payara/Hazelcast";

  @Override
  public String name() {
    return "hazelcast";
  }

  @Override
  public Set<String> settings() {
    return Set.of(INSTANCE);
  }

  @Override
  public Optional<SharedSlots> open(PropertyLookup lookup, ConfigProblems mistakes) {
    return found(lookup, mistakes, HazelcastSlots::new);
  }

  /** Returns hints over the same grid. */
  public Optional<ChangeHints> hints(
      String namespace, PropertyLookup lookup, ConfigProblems mistakes) {
    return found(lookup, mistakes, grid -> new HazelcastHints(grid, namespace));
  }

  // Only names of this server: a name with another scheme could load foreign code.
  @SuppressWarnings("BanJNDI")
  private static <T> Optional<T> found(
      PropertyLookup lookup, ConfigProblems mistakes, Function<HazelcastInstance, T> use) {
    String name = lookup.get(INSTANCE).orElse(PAYARA);
    if (name.indexOf(':') >= 0 && !name.startsWith("java:")) {
      mistakes.add(INSTANCE, "must be a name of this server, was " + name);
      return Optional.empty();
    }
    try {
      Object bound = new InitialContext().lookup(name);
      if (bound instanceof HazelcastInstance grid) {
        return Optional.of(use.apply(grid));
      }
    } catch (NamingException absent) {
      // Reported below, like an object of another type.
    } catch (NoClassDefFoundError absent) {
      mistakes.add("gatehouse.limits.backend", "hazelcast needs a server with Hazelcast");
      return Optional.empty();
    }
    mistakes.add(
        INSTANCE,
        "must be the JNDI name of a Hazelcast instance; nothing usable is bound to " + name);
    return Optional.empty();
  }
}
