-- Backends that are told what happens in channels: who, and the queue of what is to be told
-- (docs/decisions/webhooks.md).

CREATE TABLE webhooks (
  id           uuid        PRIMARY KEY,
  tenant_id    uuid        NOT NULL,
  app_id       bigint      NOT NULL,
  ordinal      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  name         text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  url          text        NOT NULL CHECK (char_length(url) BETWEEN 1 AND 2048),
  events       jsonb       NOT NULL,
  pattern      text        NOT NULL CHECK (char_length(pattern) BETWEEN 1 AND 255),
  batch_events integer     NOT NULL CHECK (batch_events BETWEEN 1 AND 100),
  enabled      boolean     NOT NULL,
  -- The number of the secret made last; none is given twice.
  last_secret  integer     NOT NULL DEFAULT 0,
  version      bigint      NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  -- Its queue is erased in rounds, then its row.
  deleted_at   timestamptz,
  UNIQUE (tenant_id, app_id, id),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id)
);
CREATE INDEX webhooks_of_app ON webhooks (app_id, ordinal);
CREATE INDEX webhooks_deleted ON webhooks (deleted_at) WHERE deleted_at IS NOT NULL;

-- One is good, two while a rotation is under way.
CREATE TABLE webhook_secrets (
  tenant_id     uuid        NOT NULL,
  app_id        bigint      NOT NULL,
  webhook_id    uuid        NOT NULL,
  number        integer     NOT NULL,
  -- It signs, so it must be readable: AES-256-GCM under the master key.
  secret_sealed bytea       NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  -- Null: the newest one.
  expires_at    timestamptz,
  PRIMARY KEY (webhook_id, number),
  FOREIGN KEY (tenant_id, app_id, webhook_id) REFERENCES webhooks (tenant_id, app_id, id)
    ON DELETE CASCADE
);

-- An event on its way to one webhook.
CREATE TABLE webhook_deliveries (
  tenant_id       uuid        NOT NULL,
  id              uuid        NOT NULL,
  app_id          bigint      NOT NULL,
  webhook_id      uuid        NOT NULL,
  -- The order of the queue. Numbers of one ordering key are drawn under a lock that is held until the
  -- commit, so theirs is the order of commits.
  position        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  -- The same in every webhook's delivery of it: what receivers tell repetitions by.
  event_id        uuid        NOT NULL,
  type            text        NOT NULL CHECK (char_length(type) BETWEEN 1 AND 32),
  channel         text,
  -- The channel, or what else events are ordered by; no channel's name begins with a colon.
  ordering_key    text        COLLATE "C" NOT NULL CHECK (ordering_key <> ''),
  data            bytea       NOT NULL,
  happened_at     timestamptz NOT NULL,
  state           text        NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  give_up_at      timestamptz NOT NULL,
  finished_at     timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, app_id, webhook_id) REFERENCES webhooks (tenant_id, app_id, id),
  CHECK ((state = 'pending') = (finished_at IS NULL))
);
-- The head of each channel's queue is found by hops over it, however long the queues are.
CREATE INDEX webhook_deliveries_waiting
  ON webhook_deliveries (webhook_id, ordering_key, position) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (webhook_id, position);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (webhook_id, state, position);

-- What came of each call. The last 50 of a delivery are kept.
CREATE TABLE webhook_attempts (
  tenant_id   uuid        NOT NULL,
  delivery_id uuid        NOT NULL,
  number      integer     NOT NULL,
  at          timestamptz NOT NULL,
  -- Null: there was no answer, and error says why.
  status      integer,
  latency_ms  integer     NOT NULL,
  answer      bytea       CHECK (octet_length(answer) <= 1024),
  error       text        CHECK (char_length(error) <= 255),
  PRIMARY KEY (tenant_id, delivery_id, number),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_deliveries (tenant_id, id)
    ON DELETE CASCADE
);

-- Which node sends to a webhook, and until when it may. Without an owner nobody does before that time:
-- the target is given a pause.
CREATE TABLE webhook_leases (
  webhook_id uuid        PRIMARY KEY,
  tenant_id  uuid        NOT NULL,
  app_id     bigint      NOT NULL,
  owner      text,
  until      timestamptz NOT NULL DEFAULT '-infinity',
  FOREIGN KEY (tenant_id, app_id, webhook_id) REFERENCES webhooks (tenant_id, app_id, id)
    ON DELETE CASCADE
);

SELECT tidegate_isolate('webhooks', 'SELECT, INSERT, UPDATE');
SELECT tidegate_isolate('webhook_secrets', 'SELECT, INSERT, UPDATE, DELETE');
SELECT tidegate_isolate('webhook_deliveries', 'SELECT, INSERT, UPDATE');
SELECT tidegate_isolate('webhook_attempts', 'SELECT');
SELECT tidegate_isolate('webhook_leases', 'INSERT');

-- Calls made to webhooks, repeated ones too.
ALTER TABLE usage ADD COLUMN webhooks bigint NOT NULL DEFAULT 0;
