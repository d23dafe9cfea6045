package dev.gatehouse.servers.beans;

import dev.gatehouse.annotation.KeyAuth;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import java.util.concurrent.Future;

/** An enterprise bean that runs on threads which serve no request. */
@Stateless
public class AsynchronousLedger {
  /** Refused, because there is no caller. */
  @Asynchronous
  @KeyAuth
  public Future<String> read() {
    return new AsyncResult<>("protected ledger");
  }
}
