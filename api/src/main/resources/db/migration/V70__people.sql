-- Who uses the console. An account is a person, who may be a member of several tenants, each with a
-- role, and an operator. Whoever is invited has a row without an account until the link is used.

CREATE TABLE accounts (
  id            uuid        PRIMARY KEY,
  -- Null only for the installation's first operator, until it sets one.
  email         text        CHECK (char_length(email) BETWEEN 3 AND 254),
  -- What two spellings of one e-mail have in common.
  email_key     text        UNIQUE,
  name          text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  -- Argon2id in the form of the PHC string format; null: none was set.
  password_hash text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz,
  CHECK ((email IS NULL) = (email_key IS NULL))
);

CREATE TABLE members (
  id                    uuid        PRIMARY KEY,
  tenant_id             uuid        NOT NULL REFERENCES tenants (id),
  ordinal               bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  account_id            uuid        REFERENCES accounts (id),
  role                  text        NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'viewer')),
  -- Of an invitation; from its acceptance on the account's own counts.
  email                 text,
  email_key             text,
  invitation_hash       bytea       UNIQUE,
  invitation_expires_at timestamptz,
  invited_by            text,
  created_at            timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, account_id),
  UNIQUE (tenant_id, email_key),
  CHECK ((account_id IS NULL) = (email IS NOT NULL)),
  CHECK ((email IS NULL) = (email_key IS NULL)),
  CHECK (account_id IS NULL OR invitation_hash IS NULL)
);
CREATE INDEX members_of_tenant ON members (tenant_id, ordinal);
CREATE INDEX members_of_account ON members (account_id);

CREATE TABLE operators (
  id                    uuid        PRIMARY KEY,
  ordinal               bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  account_id            uuid        UNIQUE REFERENCES accounts (id),
  -- Whom the link of a start signs in: made when such a link is used first.
  by_link               boolean     NOT NULL DEFAULT false,
  email                 text,
  email_key             text        UNIQUE,
  invitation_hash       bytea       UNIQUE,
  invitation_expires_at timestamptz,
  invited_by            text,
  created_at            timestamptz NOT NULL DEFAULT now(),
  CHECK ((account_id IS NULL) = (email IS NOT NULL)),
  CHECK ((email IS NULL) = (email_key IS NULL)),
  CHECK (account_id IS NULL OR invitation_hash IS NULL)
);
CREATE UNIQUE INDEX operators_one_by_link ON operators (by_link) WHERE by_link;

CREATE TABLE sessions (
  id           uuid        PRIMARY KEY,
  account_id   uuid        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  text_hash    bytea       NOT NULL UNIQUE,
  address      text        NOT NULL CHECK (char_length(address) <= 64),
  user_agent   text        CHECK (char_length(user_agent) <= 200),
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account_id, created_at DESC);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE second_factors (
  account_id    uuid        PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  secret_sealed bytea       NOT NULL,
  -- Null: no code of it was shown yet, and none is asked for.
  confirmed_at  timestamptz,
  -- Of the code used last (RFC 6238, 5.2): none is good twice.
  last_step     bigint      NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  account_id uuid  NOT NULL REFERENCES second_factors (account_id) ON DELETE CASCADE,
  code_hash  bytea NOT NULL,
  PRIMARY KEY (account_id, code_hash)
);

-- Of starts with a database of their own: 10 minutes, once.
CREATE TABLE sign_in_links (
  link_hash  bytea       PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

SELECT tidegate_isolate('members', 'SELECT, INSERT, UPDATE, DELETE');
-- Of a tenant's members it is told how they are called and when they were here.
SELECT tidegate_isolate('accounts', 'SELECT (id, email, email_key, name, last_seen_at)',
  'EXISTS (SELECT 1 FROM members m WHERE m.account_id = accounts.id
    AND m.tenant_id = (SELECT tidegate_tenant()))');
SELECT tidegate_isolate('operators', NULL);
SELECT tidegate_isolate('sessions', NULL);
SELECT tidegate_isolate('second_factors', NULL);
SELECT tidegate_isolate('recovery_codes', NULL);
SELECT tidegate_isolate('sign_in_links', NULL);

-- People act, too. What belongs to no tenant is on a chain of its own, that of tenant 0.
ALTER TABLE audit_events DROP CONSTRAINT audit_events_actor_kind_check;
ALTER TABLE audit_events ADD CONSTRAINT audit_events_actor_kind_check
  CHECK (actor_kind IN ('operator', 'controlToken', 'account', 'key', 'system'));
