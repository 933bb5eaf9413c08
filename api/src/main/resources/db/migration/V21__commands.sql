-- What every node is to do, in the order of its commits: look anew at an app, at a tenant's limits, at
-- revocations; end connections. Written in the transaction of the change itself; each node reads what
-- is behind the last number it has read. Rows are kept 10 minutes: who was away for longer takes
-- nothing that it knew for granted.
CREATE TABLE commands (
  id        bigint      PRIMARY KEY,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind      text        NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 32),
  tenant_id uuid        NOT NULL,
  app_id    bigint,
  -- A connection or a client.
  target    text        CHECK (char_length(target) BETWEEN 1 AND 255)
);
CREATE INDEX commands_by_time ON commands (at);
SELECT tidegate_isolate('commands', NULL);

-- The last number. Its row is locked until the commit, so numbers have no hole and no order but that
-- of the commits.
CREATE TABLE command_head (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  last bigint  NOT NULL
);
INSERT INTO command_head (last) VALUES (0);
