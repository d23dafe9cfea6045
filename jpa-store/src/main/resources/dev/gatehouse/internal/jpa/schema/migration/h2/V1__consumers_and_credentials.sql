-- Times are microseconds since 1970-01-01T00:00:00Z, so that no session time zone can shift them.

CREATE SEQUENCE gatehouse_consumers_seq START WITH 50 INCREMENT BY 50;
CREATE SEQUENCE gatehouse_credentials_seq START WITH 50 INCREMENT BY 50;

CREATE TABLE gatehouse_consumers (
  id          BIGINT        NOT NULL,
  version     BIGINT        NOT NULL,
  username    VARCHAR(512)  NOT NULL,
  description VARCHAR(512),
  plugins     VARCHAR(1000000) NOT NULL,
  created_at  BIGINT        NOT NULL,
  updated_at  BIGINT        NOT NULL,
  CONSTRAINT gatehouse_consumers_pk PRIMARY KEY (id),
  CONSTRAINT gatehouse_consumers_username_uk UNIQUE (username)
);

CREATE TABLE gatehouse_consumer_labels (
  consumer_id BIGINT        NOT NULL,
  label_name  VARCHAR(256)  NOT NULL,
  label_value VARCHAR(256)  NOT NULL,
  CONSTRAINT gatehouse_consumer_labels_pk PRIMARY KEY (consumer_id, label_name),
  CONSTRAINT gatehouse_consumer_labels_consumer_fk
    FOREIGN KEY (consumer_id) REFERENCES gatehouse_consumers (id) ON DELETE CASCADE
);

CREATE INDEX gatehouse_consumer_labels_ix
  ON gatehouse_consumer_labels (label_name, label_value, consumer_id);

CREATE TABLE gatehouse_credentials (
  id            BIGINT       NOT NULL,
  version       BIGINT       NOT NULL,
  consumer_id   BIGINT       NOT NULL,
  credential_id VARCHAR(64)  NOT NULL,
  name          VARCHAR(512) NOT NULL,
  plugin        VARCHAR(128) NOT NULL,
  lookup        BINARY(32)   NOT NULL,
  description   VARCHAR(512),
  labels        VARCHAR(1000000) NOT NULL,
  settings      VARCHAR(1000000) NOT NULL,
  not_before    BIGINT,
  expires_at    BIGINT,
  disabled      BOOLEAN      NOT NULL,
  last_used_at  BIGINT,
  created_at    BIGINT       NOT NULL,
  updated_at    BIGINT       NOT NULL,
  CONSTRAINT gatehouse_credentials_pk PRIMARY KEY (id),
  CONSTRAINT gatehouse_credentials_lookup_uk UNIQUE (plugin, lookup),
  CONSTRAINT gatehouse_credentials_id_uk UNIQUE (consumer_id, credential_id),
  CONSTRAINT gatehouse_credentials_name_uk UNIQUE (consumer_id, name),
  CONSTRAINT gatehouse_credentials_consumer_fk
    FOREIGN KEY (consumer_id) REFERENCES gatehouse_consumers (id) ON DELETE CASCADE
);
