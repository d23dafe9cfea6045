package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TestServices;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code jwt-auth} with one Credential, whose key is {@code user-key}, at a fixed moment. */
public final class JwtFixture {
  public static final long NOW = 1_800_000_000;
  public static final String SECRET = "a test secret of 32 bytes or more";

  /** Long enough for a busy machine. */
  private static final long WAIT = 60_000;

  final JwtAuth plugin = new JwtAuth(new JwksCache(2_000, WAIT));
  final List<String> asked = new ArrayList<>();
  private final Profile profile;
  private String known = "user-key";
  private long now = NOW;
  private final Map<String, Object> credential = new LinkedHashMap<>();
  private final Map<String, Object> route = new LinkedHashMap<>();

  public JwtFixture(Profile profile) {
    this.profile = profile;
    credential.put("key", "user-key");
  }

  public static JwtFixture strict() {
    return new JwtFixture(Profile.STRICT).credential("secret", SECRET);
  }

  public JwtFixture credential(String name, Object value) {
    credential.put(name, value);
    return this;
  }

  JwtFixture route(String name, Object value) {
    route.put(name, value);
    return this;
  }

  /** Sets the key claim under which the Credential is found. */
  JwtFixture known(String key) {
    known = key;
    return this;
  }

  /** Sets the clock to the last millisecond of a second since 1970. */
  JwtFixture at(long seconds) {
    now = seconds;
    return this;
  }

  Configured<EnrolledCredential> enrolled() {
    return Configured.of(credential, reader -> plugin.readCredential(reader, parts()));
  }

  Configured<JwtConfig> configured() {
    return Configured.of(route, reader -> plugin.configure(reader, parts()));
  }

  public AuthResult ask(FakeRequest request) {
    return ask(request, enrolled().valid().kept());
  }

  AuthResult ask(FakeRequest request, PluginSettings settings) {
    return ask(configured().valid(), request, settings);
  }

  AuthResult ask(JwtConfig config, FakeRequest request, PluginSettings settings) {
    StoredCredential stored =
        new StoredCredential(
            Entries.keyAuth("primary", "x").credential(), Entries.consumer("acme"), settings);
    return plugin.authenticate(
        config,
        request,
        (name, value) -> {
          asked.add(name + " " + value);
          return value.equals(known) ? stored : null;
        });
  }

  /** Returns the status and message of a refusal, or {@code ok}. */
  public String answer(String token) {
    return answer(bearer(token));
  }

  public String answer(FakeRequest request) {
    return answer(ask(request));
  }

  static String answer(AuthResult result) {
    if (result instanceof AuthResult.Authenticated) {
      return "ok";
    }
    Reply reply =
        result instanceof AuthResult.Rejected rejected
            ? rejected.reply()
            : ((AuthResult.NoCredential) result).reply();
    return reply.status() + " " + reply.message();
  }

  public static FakeRequest bearer(String token) {
    return FakeRequest.get("/").header("Authorization", "Bearer " + token);
  }

  private PluginServices parts() {
    TestClock clock = new TestClock(now * 1000 + 999);
    return TestServices.of(profile, clock);
  }
}
