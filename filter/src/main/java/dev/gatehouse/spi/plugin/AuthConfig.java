package dev.gatehouse.spi.plugin;

import java.util.List;

/** What the engine must know of any credential plugin's configuration on a Route. */
public interface AuthConfig {
  /** The settings that all credential plugins share. */
  AuthSettings common();

  /** The challenges of a refusal, each one value of {@code WWW-Authenticate}. */
  List<String> challenges();

  /** Every place where the credential could stand. */
  List<CredentialLocation> places();

  /** The places that the application must not see. */
  default List<CredentialLocation> hidden() {
    return common().hideCredentials() ? places() : List.of();
  }
}
