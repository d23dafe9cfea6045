package dev.gatehouse.servers.annotated;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All REST resources of the archive. */
@ApplicationPath("rest")
public class AnnotatedRest extends Application {}
