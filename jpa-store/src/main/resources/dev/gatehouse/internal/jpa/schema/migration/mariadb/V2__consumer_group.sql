-- The group itself is configuration, so this is no foreign key.

ALTER TABLE gatehouse_consumers ADD COLUMN group_id VARCHAR(64);
