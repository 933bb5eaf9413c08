-- A channel that a change of rules has moved to another store is remembered here as left, for two
-- minutes: what comes behind the move must not begin it anew (docs/decisions/moves.md).

-- Until when the channel, which is still here, is left; null but in the middle of a move. Batches read
-- it with the row that they lock.
ALTER TABLE channels ADD COLUMN left_until timestamptz;
-- The change of rules that brought it here: who comes late with the same one erases nothing.
ALTER TABLE channels ADD COLUMN brought_by bigint;

-- The same for channels that are not here. There is no row that both could lock: who makes a channel
-- left holds an advisory lock of its name alone, who begins one shares it.
CREATE TABLE channels_left (
  app_id bigint      NOT NULL,
  name   text        COLLATE "C" NOT NULL,
  until  timestamptz NOT NULL,
  PRIMARY KEY (app_id, name)
);
CREATE INDEX channels_left_by_time ON channels_left (until);
