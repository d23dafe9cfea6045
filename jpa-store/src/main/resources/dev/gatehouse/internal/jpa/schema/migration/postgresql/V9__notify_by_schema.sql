-- A channel belongs to a whole database, in which several applications may have these tables, each
-- in a schema of its own. So each schema has its own channel.
CREATE OR REPLACE FUNCTION gatehouse_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_changes_' || md5(TG_TABLE_SCHEMA), '');
  RETURN NULL;
END
$$;
