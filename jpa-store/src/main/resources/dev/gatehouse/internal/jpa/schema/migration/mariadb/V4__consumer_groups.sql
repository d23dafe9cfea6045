-- Groups beside those of the configuration. Consumers name them by id; a Consumer whose group is not
-- there is refused, so this is no foreign key.
CREATE TABLE gatehouse_consumer_groups (
  group_id    VARCHAR(64)   NOT NULL,
  version     BIGINT        NOT NULL,
  name        VARCHAR(512),
  description VARCHAR(512),
  labels      LONGTEXT      NOT NULL,
  plugins     LONGTEXT      NOT NULL,
  created_at  BIGINT        NOT NULL,
  updated_at  BIGINT        NOT NULL,
  CONSTRAINT gatehouse_consumer_groups_pk PRIMARY KEY (group_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX gatehouse_consumers_group_ix ON gatehouse_consumers (group_id);

-- A revision may concern a group; a node of an older version takes such a row for everything.
ALTER TABLE gatehouse_changes ADD COLUMN group_id VARCHAR(64);
