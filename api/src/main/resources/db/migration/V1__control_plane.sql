-- Who uses the installation. Every row of a tenant carries tenant_id, and every reference between
-- rows of a tenant goes through (tenant_id, ...): a row of one cannot hang on a row of another.

CREATE TABLE installation (
  singleton        boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
  -- A known text sealed with the master key: a start with another key is noticed at once.
  master_key_check bytea       NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tenants (
  id         uuid        PRIMARY KEY,
  ordinal    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  limits     jsonb       NOT NULL,
  version    bigint      NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);

CREATE TABLE apps (
  id         bigint      PRIMARY KEY CHECK (id BETWEEN 1 AND 999999999999999999),
  tenant_id  uuid        NOT NULL REFERENCES tenants (id),
  ordinal    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  settings   jsonb       NOT NULL,
  -- The number of the key made last: k1, k2, ... are never given twice.
  last_key   integer     NOT NULL DEFAULT 0,
  version    bigint      NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE INDEX apps_of_tenant ON apps (tenant_id, ordinal);
CREATE INDEX apps_deleted ON apps (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE keys (
  tenant_id     uuid        NOT NULL,
  app_id        bigint      NOT NULL,
  key_id        text        NOT NULL CHECK (key_id ~ '^[a-z0-9]{1,32}$'),
  ordinal       integer     NOT NULL,
  name          text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  capabilities  jsonb       NOT NULL,
  -- Keys sign, so the secret must be readable: AES-256-GCM under the master key.
  secret_sealed bytea       NOT NULL,
  version       bigint      NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz,
  revoked_at    timestamptz,
  last_used_at  timestamptz,
  PRIMARY KEY (app_id, key_id),
  UNIQUE (tenant_id, app_id, key_id),
  UNIQUE (app_id, ordinal),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id)
);

CREATE TABLE namespaces (
  tenant_id  uuid        NOT NULL,
  app_id     bigint      NOT NULL,
  name       text        NOT NULL CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$'),
  rules      jsonb       NOT NULL,
  version    bigint      NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- When the last change of durability counts for live channels.
  effective_at timestamptz,
  PRIMARY KEY (app_id, name),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id)
);

-- The rules of an app as they were before a change of durability: live channels follow them until
-- effective_at.
CREATE TABLE namespace_changes (
  id           bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  tenant_id    uuid        NOT NULL,
  app_id       bigint      NOT NULL,
  rules_before jsonb       NOT NULL,
  effective_at timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id)
);
CREATE INDEX namespace_changes_of_app ON namespace_changes (app_id, effective_at);

CREATE TABLE control_tokens (
  id           uuid        PRIMARY KEY,
  tenant_id    uuid        NOT NULL REFERENCES tenants (id),
  ordinal      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  name         text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  role         text        NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'viewer')),
  token_hash   bytea       NOT NULL UNIQUE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE INDEX control_tokens_of_tenant ON control_tokens (tenant_id, ordinal);

-- Kept when its tenant is gone: so there is no reference to it.
CREATE TABLE audit_events (
  id          uuid        PRIMARY KEY,
  ordinal     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  tenant_id   uuid        NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  actor_kind  text        NOT NULL CHECK (actor_kind IN ('operator', 'controlToken', 'key', 'system')),
  actor_id    text,
  actor_name  text,
  action      text        NOT NULL,
  target_kind text        NOT NULL,
  target_id   text        NOT NULL,
  before      jsonb,
  after       jsonb,
  request_id  text
);
CREATE INDEX audit_events_of_tenant ON audit_events (tenant_id, ordinal DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_events_never_truncated BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The answer to a POST, kept 24 h. Written in the transaction of the change it answers, so there
-- is an answer exactly when there is a change. Sealed: it may hold a secret shown once.
CREATE TABLE idempotency_keys (
  -- Of caller, route and key.
  id            bytea       PRIMARY KEY,
  request_hash  bytea       NOT NULL,
  answer_sealed bytea       NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
