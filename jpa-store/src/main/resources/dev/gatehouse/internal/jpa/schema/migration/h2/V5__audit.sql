-- What was done over the Admin API. Nothing reads it but people, who may delete what is old.
-- Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE gatehouse_audit (
  entry       BIGINT GENERATED ALWAYS AS IDENTITY,
  at          BIGINT        NOT NULL,
  who         VARCHAR(64)   NOT NULL,
  action      VARCHAR(1000) NOT NULL,
  resource    VARCHAR(1000) NOT NULL,
  status      INTEGER       NOT NULL,
  source      VARCHAR(64)   NOT NULL,
  CONSTRAINT gatehouse_audit_pk PRIMARY KEY (entry)
);
