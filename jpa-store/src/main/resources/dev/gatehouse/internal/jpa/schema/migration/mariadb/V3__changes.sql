-- One row that every write changes in its own transaction, so that changes become visible in the
-- order of their revisions; who changes these tables by hand adds 1 to it, and every node forgets
-- what it keeps.
CREATE TABLE gatehouse_revision (
  id          INTEGER       NOT NULL,
  revision    BIGINT        NOT NULL,
  CONSTRAINT gatehouse_revision_pk PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO gatehouse_revision (id, revision) VALUES (1, 0);

-- What a revision changed: a consumer, a credential, or everything when no column tells.
-- Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE gatehouse_changes (
  revision    BIGINT        NOT NULL,
  place       INTEGER       NOT NULL,
  username    VARCHAR(512),
  plugin      VARCHAR(128),
  lookup      BINARY(32),
  changed_at  BIGINT        NOT NULL,
  CONSTRAINT gatehouse_changes_pk PRIMARY KEY (revision, place)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX gatehouse_changes_time_ix ON gatehouse_changes (changed_at);
