package dev.gatehouse.servers.unenforced;

import dev.gatehouse.annotation.KeyAuth;

/** A class without scope. */
public class Delivered {
  /** For all with a key. */
  @KeyAuth
  public String read() {
    return "protected by nothing";
  }
}
