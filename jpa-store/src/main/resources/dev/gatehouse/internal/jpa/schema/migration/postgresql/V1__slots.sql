-- Counters that several nodes share: each value is replaced only by whoever knows what it was.
-- Times are milliseconds since 1970-01-01T00:00:00Z.

CREATE TABLE gatehouse_slots (
  name        VARCHAR(100)  NOT NULL,
  slot        BYTEA         NOT NULL,
  expires_at  BIGINT        NOT NULL,
  CONSTRAINT gatehouse_slots_pk PRIMARY KEY (name)
);
