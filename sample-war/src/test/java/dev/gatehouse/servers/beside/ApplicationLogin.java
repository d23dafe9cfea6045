package dev.gatehouse.servers.beside;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** An application's own login, from before Gatehouse came. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "beside")
public class ApplicationLogin implements IdentityStore {
  /** Lets one person in. */
  public CredentialValidationResult validate(UsernamePasswordCredential login) {
    return login.compareTo("root", "beside-password")
        ? new CredentialValidationResult("root", Set.of("reader"))
        : CredentialValidationResult.INVALID_RESULT;
  }
}
