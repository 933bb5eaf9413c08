-- What some nodes hold of what webhooks are told of: that a channel is occupied, a member in, a
-- connection open (docs/decisions/standings.md). Only of apps with a webhook that wants to know.

CREATE TABLE standings (
  tenant_id uuid     NOT NULL,
  app_id    bigint   NOT NULL,
  kind      text     NOT NULL CHECK (kind IN ('channel', 'member', 'connection')),
  -- Empty for a connection.
  channel   text     COLLATE "C" NOT NULL,
  -- Whose, within the channel or the app; empty for the channel itself.
  item      text     COLLATE "C" NOT NULL,
  -- That of its events.
  data      text     NOT NULL,
  -- Of several who say what the data is, the one with the highest knows.
  rank      bigint   NOT NULL,
  -- For so long behind the end of a holder's lease it stands.
  linger_ms integer  NOT NULL CHECK (linger_ms >= 0),
  -- Names of leases; the last one to go takes the row along.
  holders   text[]   NOT NULL CHECK (cardinality(holders) > 0),
  -- What the last write was: 2 made the row, 1 gave it other data, 0 neither. Read by who wrote it.
  news      smallint NOT NULL,
  PRIMARY KEY (app_id, kind, channel, item),
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX standings_by_holder ON standings USING gin (holders);

-- The nodes that hold something. A lease that has ended begins no more: its node takes another name.
CREATE TABLE standing_leases (
  holder     text        PRIMARY KEY CHECK (holder <> ''),
  expires_at timestamptz NOT NULL
);

-- Jobs of the gateway's own; no tenant's transaction looks there.
SELECT tidegate_isolate('standings', NULL);
