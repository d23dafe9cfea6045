-- Groups beside those of the configuration. Consumers name them by id; a Consumer whose group is not
-- there is refused, so this is no foreign key.
CREATE TABLE gatehouse_consumer_groups (
  group_id    VARCHAR(64)   NOT NULL,
  version     BIGINT        NOT NULL,
  name        VARCHAR(512),
  description VARCHAR(512),
  labels      VARCHAR(1000000) NOT NULL,
  plugins     VARCHAR(1000000) NOT NULL,
  created_at  BIGINT        NOT NULL,
  updated_at  BIGINT        NOT NULL,
  CONSTRAINT gatehouse_consumer_groups_pk PRIMARY KEY (group_id)
);

CREATE INDEX gatehouse_consumers_group_ix ON gatehouse_consumers (group_id);

-- A revision may concern a group; a node of an older version takes such a row for everything.
ALTER TABLE gatehouse_changes ADD COLUMN group_id VARCHAR(64);
