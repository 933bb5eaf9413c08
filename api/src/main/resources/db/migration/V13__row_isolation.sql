-- Rows of one tenant are out of reach for a transaction that works for another, whatever its
-- statements say (docs/decisions/row-isolation.md). Two roles nobody can log in as:
--   tidegate_<database>_tenant: sees the rows of the tenant named by the setting tidegate.tenant;
--   tidegate_<database>_system: sees every row; operators, look-ups by key, jobs, the batch writer.
-- Row-level security is FORCEd and there is no policy for the tables' owner: a transaction that
-- takes neither role sees nothing. A later migration that reads or changes rows takes the system
-- role first: SELECT set_config('role', tidegate_system_role(), true), and 'none' before more DDL.

DO $$
DECLARE
  kind     text;
  role     text;
  known    record;
  may_take boolean;
BEGIN
  FOREACH kind IN ARRAY ARRAY['tenant', 'system'] LOOP
    role := 'tidegate_' || current_database() || '_' || kind;
    IF octet_length(role) > 63 THEN
      role := 'tidegate_' || md5(current_database()) || '_' || kind;
    END IF;

    SELECT rolsuper OR rolbypassrls OR rolcanlogin AS powerful INTO known
      FROM pg_roles WHERE rolname = role;
    IF NOT FOUND THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role);
      EXCEPTION WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The database user may not create roles: let an administrator run:'
          ' CREATE ROLE % NOLOGIN; GRANT % TO %;',
          quote_ident(role), quote_ident(role), quote_ident(current_user)
          USING ERRCODE = 'insufficient_privilege';
      END;
    ELSIF known.powerful THEN
      RAISE EXCEPTION 'The role % must have neither LOGIN nor SUPERUSER nor BYPASSRLS',
        quote_ident(role);
    END IF;

    -- From PostgreSQL 16 on without INHERIT: the owner has the role's rights only where it takes it.
    IF current_setting('server_version_num')::int >= 160000 THEN
      may_take := pg_has_role(current_user, role, 'SET');
    ELSE
      may_take := pg_has_role(current_user, role, 'MEMBER');
    END IF;
    IF NOT may_take THEN
      BEGIN
        EXECUTE format('GRANT %I TO %I', role, current_user)
          || CASE WHEN current_setting('server_version_num')::int >= 160000
            THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
      EXCEPTION WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The database user may not take the role %: let an administrator run:'
          ' GRANT % TO %;', quote_ident(role), quote_ident(role), quote_ident(current_user)
          USING ERRCODE = 'insufficient_privilege';
      END;
    END IF;

    -- The names, for statements: right even when the database is renamed or copied.
    EXECUTE format(
      'CREATE FUNCTION %I() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN %L',
      'tidegate_' || kind || '_role', role);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role);
  END LOOP;
END
$$;

-- The tenant a transaction works for; null, which no row equals, when nobody said.
CREATE FUNCTION tidegate_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('tidegate.tenant', true), '')::uuid;

-- Puts the policies on a table; p_of_tenant says which rows are the tenant's (a sub-select is asked
-- once per statement), p_may what its transactions may do with them. Every new table with tenant_id
-- calls it in its migration: SELECT tidegate_isolate('webhooks', 'SELECT, INSERT, UPDATE');
CREATE FUNCTION tidegate_isolate(
  p_table     regclass,
  p_may       text,
  p_of_tenant text DEFAULT 'tenant_id = (SELECT tidegate_tenant())'
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
  EXECUTE format('CREATE POLICY of_system ON %s TO %I USING (true)',
    p_table, tidegate_system_role());
  IF p_may IS NOT NULL THEN
    EXECUTE format('CREATE POLICY of_tenant ON %s TO %I USING (%s)',
      p_table, tidegate_tenant_role(), p_of_tenant);
    EXECUTE format('GRANT %s ON %s TO %I', p_may, p_table, tidegate_tenant_role());
  END IF;
END
$$;

SELECT tidegate_isolate('tenants', 'SELECT, UPDATE', 'id = (SELECT tidegate_tenant())');
SELECT tidegate_isolate('apps', 'SELECT, INSERT, UPDATE');
SELECT tidegate_isolate('keys', 'SELECT, INSERT, UPDATE');
SELECT tidegate_isolate('namespaces', 'SELECT, INSERT, UPDATE, DELETE');
SELECT tidegate_isolate('namespace_changes', 'SELECT, INSERT');
SELECT tidegate_isolate('control_tokens', 'SELECT, INSERT, UPDATE, DELETE');
SELECT tidegate_isolate('audit_events', 'SELECT, INSERT');
SELECT tidegate_isolate('token_revocations', 'SELECT, INSERT, UPDATE');
SELECT tidegate_isolate('usage', 'SELECT');
SELECT tidegate_isolate('channels', 'SELECT');
-- A message is its channel's. OFFSET 0 keeps the look-up by key: without it all channels might be
-- read into a hash. EXISTS, since the planner takes an equation for one that few rows pass, and
-- would rather sort than follow the index. It stands on the partitioned table only; nobody reads a
-- partition.
SELECT tidegate_isolate('messages', 'SELECT',
  'EXISTS (SELECT 1 FROM channels c WHERE c.log_id = messages.log_id
    AND c.tenant_id = (SELECT tidegate_tenant()) OFFSET 0)');
SELECT tidegate_isolate('message_ids', NULL);

DO $$
DECLARE
  tenant text := quote_ident(tidegate_tenant_role());
  system text := quote_ident(tidegate_system_role());
  here   text := quote_ident(current_schema());
BEGIN
  EXECUTE 'GRANT SELECT ON log_generations TO ' || tenant;
  -- Sealed, and found only by a hash of caller, route and key.
  EXECUTE 'GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO ' || tenant;

  -- SELECT on everything makes a dump as this role whole.
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s', here, system);
  EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %s TO %s', here, system);
  EXECUTE 'GRANT INSERT, UPDATE, DELETE ON tenants, apps, keys, namespaces, namespace_changes,'
    ' control_tokens, token_revocations, idempotency_keys, installation, channels, messages,'
    ' message_ids, log_erasures, usage TO ' || system;
  EXECUTE 'GRANT INSERT ON audit_events, log_generations TO ' || system;
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT SELECT, INSERT, UPDATE, DELETE'
    ' ON TABLES TO %s', here, system);
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT SELECT ON SEQUENCES TO %s',
    here, system);
END
$$;
