-- The durable log. One row of channels per channel; its lock, held until COMMIT, makes seq order
-- commit order and is what keeps message ids unique: every writer of a channel takes it first.

-- Which database this is. A row is added when the system identifier or timeline differs from the
-- newest row (a fail-over, a restore) or by `tidegate restored`; every durable epoch then ends.
CREATE TABLE log_generations (
  generation        integer     PRIMARY KEY CHECK (generation > 0),
  system_identifier bigint      NOT NULL,
  timeline          bigint      NOT NULL,
  reason            text        NOT NULL,
  began_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE channels (
  -- Names the rows of messages and message_ids that are the channel's now. A renewed channel gets
  -- another, so that what was before is out of sight at once and is erased in the background.
  log_id           bigint  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  tenant_id        uuid    NOT NULL,
  app_id           bigint  NOT NULL,
  -- By code points: names sort alike in every store.
  name             text    COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
  -- Random; with the generation behind it the name of the epoch.
  epoch_key        text    NOT NULL,
  generation       integer NOT NULL,
  -- The last 8 epochs, oldest first, and the first seq of each.
  epochs           text[]   NOT NULL,
  epoch_first_seqs bigint[] NOT NULL,
  -- Nothing below can be read: it was renewed away, or its partition was dropped.
  first_seq        bigint  NOT NULL,
  last_seq         bigint  NOT NULL CHECK (last_seq >= 0),
  -- ms since 1970; never decreases.
  last_timestamp   bigint  NOT NULL DEFAULT 0,
  -- From this day (UTC) on nothing of the channel is kept, and the row may go too.
  expires_on       date    NOT NULL,
  UNIQUE (app_id, name),
  -- The batch writer mixes tenants; this is its fence.
  FOREIGN KEY (tenant_id, app_id) REFERENCES apps (tenant_id, id)
) WITH (fillfactor = 60);
CREATE INDEX channels_by_expiry ON channels (expires_on);
CREATE INDEX channels_of_tenant ON channels (tenant_id, app_id);

-- Retention is the dropping of partitions, one per value of expires_on. Reads filter exactly.
CREATE TABLE messages (
  log_id        bigint NOT NULL,
  seq           bigint NOT NULL,
  -- The first day (UTC) on which no retention that held at publish time keeps the row.
  expires_on    date   NOT NULL,
  -- ms since 1970, by the database's clock.
  published_at  bigint NOT NULL,
  id            text   NOT NULL,
  name          bytea,
  data          bytea  NOT NULL,
  encoding      text,
  client_id     text,
  connection_id text,
  headers       bytea,
  exclude       text,
  PRIMARY KEY (log_id, seq, expires_on)
) PARTITION BY RANGE (expires_on);

-- Kept 24 h at least, even when the message is gone. Partitions of one day (UTC) each, dropped as
-- a whole: deleting row by row would cost as much again as inserting. No index spans them; the
-- lock on the channel is what makes (log_id, id) unique.
CREATE TABLE message_ids (
  log_id bigint NOT NULL,
  id     text   COLLATE "C" NOT NULL,
  day    date   NOT NULL,
  seq    bigint NOT NULL,
  digest bytea  NOT NULL,
  PRIMARY KEY (log_id, id, day)
) PARTITION BY RANGE (day);

-- What renewed and forgotten channels have left behind.
CREATE TABLE log_erasures (
  log_id       bigint      PRIMARY KEY,
  requested_at timestamptz NOT NULL DEFAULT now()
);

-- The first seq from p_from on whose message is not older than p_millis, p_last + 1 when there is
-- none. Seqs are without holes and timestamps never decrease along them, so it gallops from p_from
-- and then halves: cheap when the answer is near. A row dropped meanwhile counts as older.
CREATE FUNCTION log_seq_at(p_log_id bigint, p_from bigint, p_last bigint, p_millis bigint)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low       bigint  := p_from;      -- everything below is older
  high      bigint  := p_last + 1;  -- not older, or the end
  step      bigint  := 1;
  galloping boolean := true;
  probe     bigint;
  at        bigint;
BEGIN
  WHILE low < high LOOP
    IF galloping THEN
      probe := least(low + step - 1, high - 1);
    ELSE
      probe := (low + high) / 2;
    END IF;
    SELECT published_at INTO at FROM messages WHERE log_id = p_log_id AND seq = probe;
    IF at IS NULL OR at < p_millis THEN
      low := probe + 1;
      step := step * 2;
    ELSE
      high := probe;
      galloping := false;
    END IF;
  END LOOP;
  RETURN low;
END
$$;
