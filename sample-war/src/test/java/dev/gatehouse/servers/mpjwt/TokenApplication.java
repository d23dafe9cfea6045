package dev.gatehouse.servers.mpjwt;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** An application whose users come with tokens of MicroProfile JWT. */
@ApplicationScoped
@ApplicationPath("rest")
@LoginConfig(authMethod = "MP-JWT")
@DeclareRoles("reader")
public class TokenApplication extends Application {}
