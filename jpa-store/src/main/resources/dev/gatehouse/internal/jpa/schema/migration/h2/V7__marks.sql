-- A revision number alone does not say which history it belongs to: a database that is restored from
-- a backup uses the same numbers again. Every revision has a random mark, and a node that finds
-- another mark than the one it has processed forgets all it keeps.
ALTER TABLE gatehouse_revision ADD COLUMN mark VARCHAR(64);
ALTER TABLE gatehouse_changes ADD COLUMN mark VARCHAR(64);

UPDATE gatehouse_revision SET revision = revision + 1, mark = CAST(RANDOM_UUID() AS VARCHAR(64));
INSERT INTO gatehouse_changes (revision, place, changed_at, mark)
  SELECT revision, 0, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000 AS BIGINT), mark FROM gatehouse_revision WHERE id = 1;
