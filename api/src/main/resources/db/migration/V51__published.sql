-- How far webhooks have been told of the messages in each channel's window
-- (docs/decisions/published-events.md). Whoever tells holds the row's lock until the commit.

CREATE TABLE webhook_cursors (
  tenant_id uuid        NOT NULL,
  app_id    bigint      NOT NULL,
  channel   text        COLLATE "C" NOT NULL CHECK (channel <> ''),
  -- The last message told; without an epoch none was yet.
  epoch     text        NOT NULL DEFAULT '',
  seq       bigint      NOT NULL DEFAULT 0 CHECK (seq >= 0),
  moved_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (app_id, channel),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id) ON DELETE CASCADE
  -- No index over moved_at: moving a cursor then touches no index.
) WITH (fillfactor = 60);

SELECT tidegate_isolate('webhook_cursors', NULL);
