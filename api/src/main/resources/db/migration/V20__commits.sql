-- Which channels each transaction of the log has moved, for nodes that were not told (tail repair):
-- a row per batch, written only where nodes share the database, kept 5 minutes. Not a key: after a
-- restore transaction ids may come again.
CREATE TABLE commits (
  xid     xid8        NOT NULL DEFAULT pg_current_xact_id(),
  at      timestamptz NOT NULL DEFAULT now(),
  log_ids bigint[]    NOT NULL
);
CREATE INDEX commits_by_xid ON commits (xid);
CREATE INDEX commits_by_time ON commits (at);

-- Names that were claimed once (tickets) while Redis was away; `until` is when the name is void.
CREATE TABLE claims (
  name  text        PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX claims_by_time ON claims (until);
