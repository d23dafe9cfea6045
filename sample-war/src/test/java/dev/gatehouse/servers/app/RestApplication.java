package dev.gatehouse.servers.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All REST resources of the archive. */
@ApplicationPath("rest")
public class RestApplication extends Application {}
