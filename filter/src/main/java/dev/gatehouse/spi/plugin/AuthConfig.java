package dev.gatehouse.spi.plugin;

import java.util.List;

/** The configuration of a credential plugin on a Route, as the engine sees it. */
public interface AuthConfig {
  /** Returns the settings that all credential plugins share. */
  AuthSettings common();

  /** Returns the challenges of a refusal, each one a value of {@code WWW-Authenticate}. */
  List<String> challenges();

  /** Returns every location of the credential. */
  List<CredentialLocation> places();

  /** Returns the locations that are hidden from the application. */
  default List<CredentialLocation> hidden() {
    return common().hideCredentials() ? places() : List.of();
  }
}
