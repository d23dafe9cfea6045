package dev.gatehouse.internal.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;

/** The processes of a server that serve a test, to be stopped and continued. */
public record PostgresProcesses(List<String> ids) {
  public static PostgresProcesses of(EmbeddedPostgres server) {
    return new PostgresProcesses(
        Databases.ask(
            server.getPostgresDatabase(),
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                + " AND pid <> pg_backend_pid()"
                + " UNION ALL SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int"));
  }

  /** Returns all of them, also those that write by themselves. */
  static PostgresProcesses all(EmbeddedPostgres server) {
    return new PostgresProcesses(
        Databases.ask(
            server.getPostgresDatabase(),
            "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int"
                + " UNION ALL SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"));
  }

  /** A stopped process holds its connections open and answers nothing. */
  public void signal(String name) throws IOException, InterruptedException {
    for (String id : ids) {
      new ProcessBuilder("kill", "-" + name, id).start().waitFor();
    }
  }
}
