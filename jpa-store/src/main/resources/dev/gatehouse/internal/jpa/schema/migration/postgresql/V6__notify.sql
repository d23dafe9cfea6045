-- Whoever listens looks at the changes at once. It is a trigger so that a revision that is changed
-- by hand is told too; the other databases have nothing like it, and no version 6.
CREATE FUNCTION gatehouse_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY gatehouse_changes;
  RETURN NULL;
END
$$;

CREATE TRIGGER gatehouse_revision_notify AFTER UPDATE ON gatehouse_revision
  FOR EACH ROW EXECUTE FUNCTION gatehouse_notify();
