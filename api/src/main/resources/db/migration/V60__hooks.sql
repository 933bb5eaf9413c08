-- Endpoints of apps that are asked before a message is accepted or a client let in (docs/decisions/hooks.md).

CREATE TABLE hooks (
  id            uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL,
  app_id        bigint      NOT NULL,
  ordinal       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  name          text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  kind          text        NOT NULL CHECK (kind IN ('before-publish', 'connect')),
  url           text        NOT NULL CHECK (char_length(url) BETWEEN 1 AND 2048),
  -- Of the channels; '*' for one that is asked about connections.
  pattern       text        NOT NULL CHECK (char_length(pattern) BETWEEN 1 AND 255),
  on_failure    text        NOT NULL CHECK (on_failure IN ('allow', 'refuse')),
  timeout_ms    integer     NOT NULL CHECK (timeout_ms BETWEEN 1 AND 1000),
  -- For so long a decision over a connection may be used again; 0 where none is.
  cache_seconds integer     NOT NULL CHECK (cache_seconds BETWEEN 0 AND 3600),
  enabled       boolean     NOT NULL,
  -- The number of the secret made last; none is given twice.
  last_secret   integer     NOT NULL DEFAULT 0,
  version       bigint      NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, app_id, id),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id)
);
CREATE INDEX hooks_of_app ON hooks (app_id, ordinal);
-- Who may connect is for one to say.
CREATE UNIQUE INDEX hooks_one_connect ON hooks (app_id) WHERE kind = 'connect';

-- One is good, two while a rotation is under way.
CREATE TABLE hook_secrets (
  tenant_id     uuid        NOT NULL,
  app_id        bigint      NOT NULL,
  hook_id       uuid        NOT NULL,
  number        integer     NOT NULL,
  -- It signs, so it must be readable: AES-256-GCM under the master key.
  secret_sealed bytea       NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  -- Null: the newest one.
  expires_at    timestamptz,
  PRIMARY KEY (hook_id, number),
  FOREIGN KEY (tenant_id, app_id, hook_id) REFERENCES hooks (tenant_id, app_id, id)
    ON DELETE CASCADE
);

SELECT tidegate_isolate('hooks', 'SELECT, INSERT, UPDATE, DELETE');
SELECT tidegate_isolate('hook_secrets', 'SELECT, INSERT, UPDATE, DELETE');
