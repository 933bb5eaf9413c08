-- What an app used, by minute, hour and day. Every node adds rows of its own, and a node's row takes
-- each of its flushes once: a flush whose answer was lost is sent again and counts no second time.
CREATE TABLE usage (
  tenant_id         uuid        NOT NULL,
  app_id            bigint      NOT NULL,
  unit              text        NOT NULL CHECK (unit IN ('minute', 'hour', 'day')),
  start             timestamptz NOT NULL,
  node              text        NOT NULL,
  flush             bigint      NOT NULL,
  publishes         bigint      NOT NULL,
  deliveries        bigint      NOT NULL,
  bytes_in          bigint      NOT NULL,
  bytes_out         bigint      NOT NULL,
  connections_peak  bigint      NOT NULL,
  connection_millis bigint      NOT NULL,
  channels_peak     bigint      NOT NULL,
  -- How often each code of the catalogue was answered: {"40301": 2}.
  refusals          jsonb       NOT NULL,
  PRIMARY KEY (tenant_id, unit, start, app_id, node),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX usage_of_app ON usage (tenant_id, app_id);
CREATE INDEX usage_by_age ON usage (unit, start);
