package dev.gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.Route;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.store.Stores;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of credential plugins over each store: a Credential is refused before its start,
 * after its end and while it is disabled, even if it was accepted just before.
 *
 * <p>The store must support secrets that are read back.
 */
public abstract class CredentialLifeContract extends StoreFixture {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SECRET = "a test secret of 32 bytes or more";

  private final TestClock clock = new TestClock(START.toEpochMilli());
  private final PluginServices parts =
      new PluginServices(Profile.STRICT, Stores.localLimits(10), clock, clock);

  /** A plugin, what its Credential holds, and how a client proves that it has it. */
  enum Way {
    KEY("key-auth"),
    BASIC("basic-auth"),
    HMAC("hmac-auth"),
    JWT("jwt-auth");

    private final String plugin;

    Way(String plugin) {
      this.plugin = plugin;
    }

    private Map<String, Object> settings() {
      return switch (this) {
        case KEY -> Map.of("key", SECRET);
        case BASIC -> Map.of("username", "acme", "password", SECRET);
        case HMAC -> Map.of("key_id", "acme", "secret_key", SECRET);
        case JWT -> Map.of("key", "acme", "secret", SECRET);
      };
    }

    private FakeRequest proof(long second) {
      FakeRequest request = FakeRequest.get("/" + plugin);
      return switch (this) {
        case KEY -> request.header("apikey", SECRET);
        case BASIC -> request.header("Authorization", "Basic " + base64("acme:" + SECRET));
        case HMAC ->
            request.header(
                "Authorization",
                "Signature keyId=\"acme\",created=%d,headers=\"(created)\",signature=\"%s\""
                    .formatted(
                        second, Base64.getEncoder().encodeToString(code("(created): " + second))));
        case JWT -> request.header("Authorization", "Bearer " + token());
      };
    }

    private static String token() {
      Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
      String signed = url(url, "{\"alg\":\"HS256\"}") + "." + url(url, "{\"key\":\"acme\"}");
      return signed + "." + url.encodeToString(code(signed));
    }

    private static String url(Base64.Encoder encoder, String text) {
      return encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] code(String text) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void credential_provesNothingBeforeItBeginsAndAfterItEnds(Way way) {
    Gate gate = gate(way);
    Instant now = clock.instant();
    put(way, it -> it.notBefore(now.plusSeconds(10)).expiresAt(now.plusSeconds(20)));

    assertEquals("401", ask(gate, way));
    clock.advance(Duration.ofMillis(9_999));
    assertEquals("401", ask(gate, way));
    clock.advance(Duration.ofMillis(1));
    assertEquals("acme", ask(gate, way));
    clock.advance(Duration.ofMillis(9_999));
    assertEquals("acme", ask(gate, way));
    clock.advance(Duration.ofMillis(1));
    assertEquals("401", ask(gate, way));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void credential_switchedOff_provesNothingUntilItIsSwitchedOn(Way way) {
    Gate gate = gate(way);
    put(way, it -> it);
    assertEquals("acme", ask(gate, way));

    put(way, it -> it.disabled(true));
    assertEquals("401", ask(gate, way));

    put(way, it -> it.disabled(false));
    assertEquals("acme", ask(gate, way));

    store().remove("acme", "one");
    assertEquals("401", ask(gate, way));
  }

  private void put(Way way, UnaryOperator<Credential.Builder> life) {
    CredentialPlugin<?> plugin = plugin(way);
    EnrolledCredential form =
        Configured.of(way.settings(), reader -> plugin.readCredential(reader, parts)).valid();
    store().put(Consumer.named("acme").build());
    store()
        .put(
            "acme",
            new CredentialEntry(
                life.apply(Credential.of("one", way.plugin)).build(),
                LookupDigest.plain().of(form.lookup().reveal()),
                form.kept()));
  }

  private static CredentialPlugin<?> plugin(Way way) {
    return CredentialPlugins.builtIn().stream()
        .filter(one -> one.name().equals(way.plugin))
        .findFirst()
        .orElseThrow();
  }

  private Gate gate(Way way) {
    Map<String, Object> settings =
        way == Way.HMAC
            ? Map.of("signature_format", "cavage", "signed_headers", List.of())
            : Map.of();
    Route route =
        new Route(
            way.plugin,
            List.of("/" + way.plugin),
            Set.of(),
            PluginSet.of(Map.of(way.plugin, PluginSettings.of(settings))));
    PluginRegistry plugins = new PluginRegistry(List.of(plugin(way)), List.of(), parts);
    return Gate.open(
        new Gate.Setup(
            ConfiguredRoutes.of(plugins, List.of(route)),
            plugins,
            store(),
            LookupDigest.plain(),
            GateListener.NONE,
            false,
            ConfiguredPlugins.NONE,
            Map.of()));
  }

  private String ask(Gate gate, Way way) {
    Verdict verdict = gate.admit(way.proof(clock.millis() / 1000), Admission.NONE);
    if (verdict instanceof Verdict.Admit admitted) {
      Consumer consumer = admitted.admission().consumer();
      return consumer == null ? "nobody" : consumer.username();
    }
    return verdict instanceof Verdict.Refuse refused
        ? String.valueOf(refused.reply().status())
        : "passed";
  }
}
