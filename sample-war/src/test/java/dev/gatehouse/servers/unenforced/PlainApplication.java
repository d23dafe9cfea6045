package dev.gatehouse.servers.unenforced;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** A REST application without annotations. */
@ApplicationPath("rest")
public class PlainApplication extends Application {}
