package dev.gatehouse.servers.unenforced;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** A whole REST application with an annotation. */
@ApplicationPath("rest")
@KeyAuth
public class AnnotatedApplication extends Application {}
