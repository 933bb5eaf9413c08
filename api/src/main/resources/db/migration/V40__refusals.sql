-- What clients of an app were refused in the last 24 hours, and which rule decided. Written by every
-- node in batches, so many of an app; never holds a secret. The id is a UUIDv7 of the node that told
-- it: its order is that of time.
CREATE TABLE refusals (
  tenant_id     uuid        NOT NULL,
  app_id        bigint      NOT NULL,
  id            uuid        NOT NULL,
  at            timestamptz NOT NULL,
  code          integer     NOT NULL,
  step          text        NOT NULL,
  rule          text        NOT NULL,
  detail        text        NOT NULL,
  operation     text,
  channel       text,
  key_name      text,
  client_id     text,
  -- X-Request-Id, or the id of a frame.
  request_id    text,
  connection_id text,
  protocol      text        NOT NULL,
  address       text,
  -- Whether a secret or a signature of the app was shown.
  proven        boolean     NOT NULL,
  -- How many the same node told after this one, before the next it kept.
  left_out      bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (app_id, id),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refusals_of_tenant ON refusals (tenant_id, app_id);
CREATE INDEX refusals_by_time ON refusals (at);
CREATE INDEX refusals_by_request ON refusals (app_id, request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX refusals_by_client ON refusals (app_id, client_id, id) WHERE client_id IS NOT NULL;
SELECT tidegate_isolate('refusals', 'SELECT');
