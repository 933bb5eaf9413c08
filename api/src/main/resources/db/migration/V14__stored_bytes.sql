-- What the durable log holds, for the limit storedBytes and for usage: kept with each channel, whose
-- row a batch locks and changes anyway.

-- What a message counts for: its content, and 100 bytes for its row (Message.storedBytes).
CREATE FUNCTION log_stored_bytes(p_name bytea, p_data bytea, p_headers bytea) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN octet_length(p_data) + coalesce(octet_length(p_name), 0)
    + coalesce(octet_length(p_headers), 0) + 100;

ALTER TABLE channels ADD COLUMN stored_bytes bigint NOT NULL DEFAULT 0;
ALTER TABLE usage ADD COLUMN stored_bytes bigint NOT NULL DEFAULT 0;

-- How far an expired partition of messages is taken out of its channels' stored_bytes: up to this
-- log_id. A round that is interrupted goes on behind it; nothing is subtracted twice.
CREATE TABLE log_sweeps (
  partition text   PRIMARY KEY,
  log_id    bigint NOT NULL
);

SELECT set_config('role', tidegate_system_role(), true);
UPDATE channels c SET stored_bytes = m.bytes
  FROM (SELECT log_id, sum(log_stored_bytes(name, data, headers)) AS bytes
    FROM messages GROUP BY log_id) m
  WHERE m.log_id = c.log_id;
SELECT set_config('role', 'none', true);
