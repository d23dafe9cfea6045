package dev.gatehouse.servers.beans;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All REST resources of the archive. */
@ApplicationPath("rest")
public class LedgersApplication extends Application {}
