-- When the Consumers of the configuration were written here. That happens once in the life of a
-- database: later they would bring back what was revoked. A database in use counts as seeded.
-- Microseconds since 1970-01-01T00:00:00Z.
ALTER TABLE gatehouse_revision ADD COLUMN seeded_at BIGINT;

UPDATE gatehouse_revision SET seeded_at = UNIX_TIMESTAMP() * 1000000
  WHERE revision > 1 OR EXISTS (SELECT 1 FROM gatehouse_consumers);
