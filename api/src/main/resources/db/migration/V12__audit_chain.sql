-- The record of changes is a chain per tenant: each event carries the hash of the one before, so
-- that an event changed, removed or slipped in later shows, and where. The database links them
-- itself, so that no insert can forget it.

ALTER TABLE audit_events
  ADD COLUMN chain_position bigint,
  -- 32 zero bytes for a tenant's first event.
  ADD COLUMN previous_hash  bytea,
  ADD COLUMN hash           bytea;

CREATE FUNCTION audit_part(part text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(octet_length(part) || ':' || part, '-');

-- SHA-256 of the previous hash and every field, each with its length in front (JdbcAuditChain
-- computes the same without the database).
CREATE FUNCTION audit_hash(e audit_events) RETURNS bytea LANGUAGE sql STABLE
  RETURN sha256(e.previous_hash || convert_to(
    audit_part(e.chain_position::text) || audit_part(e.id::text) || audit_part(e.ordinal::text)
    || audit_part(e.tenant_id::text)
    || audit_part(((extract(epoch FROM e.at) * 1000000)::bigint)::text)
    || audit_part(e.actor_kind) || audit_part(e.actor_id) || audit_part(e.actor_name)
    || audit_part(e.action) || audit_part(e.target_kind) || audit_part(e.target_id)
    || audit_part(e.before::text) || audit_part(e.after::text) || audit_part(e.request_id),
    'UTF8'));

-- The events there are already.
ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
DO $$
DECLARE
  e    audit_events;
  last audit_events;
BEGIN
  FOR e IN SELECT * FROM audit_events ORDER BY tenant_id, ordinal LOOP
    IF last.tenant_id IS DISTINCT FROM e.tenant_id THEN
      last := NULL;
    END IF;
    e.chain_position := coalesce(last.chain_position, 0) + 1;
    e.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    e.hash := audit_hash(e);
    UPDATE audit_events SET chain_position = e.chain_position, previous_hash = e.previous_hash,
      hash = e.hash WHERE id = e.id;
    last := e;
  END LOOP;
END
$$;
ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only;

ALTER TABLE audit_events
  ALTER COLUMN chain_position SET NOT NULL,
  ALTER COLUMN previous_hash SET NOT NULL,
  ALTER COLUMN hash SET NOT NULL,
  ADD UNIQUE (tenant_id, chain_position);

-- The lock, held until COMMIT, makes the order of a chain the order of commits. The number is the
-- letters "tdga"; two tenants whose ids hash alike share a lock, which only makes them wait.
CREATE FUNCTION link_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1952737121, hashtext(NEW.tenant_id::text));
  SELECT chain_position + 1, hash INTO NEW.chain_position, NEW.previous_hash
    FROM audit_events WHERE tenant_id = NEW.tenant_id ORDER BY chain_position DESC LIMIT 1;
  NEW.chain_position := coalesce(NEW.chain_position, 1);
  NEW.previous_hash := coalesce(NEW.previous_hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := audit_hash(NEW);
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_events_linked BEFORE INSERT ON audit_events
  FOR EACH ROW EXECUTE FUNCTION link_audit_event();
