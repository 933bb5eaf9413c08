-- Clients present in channels at a time, once in each, at most. What was used before is not known.
ALTER TABLE usage ADD COLUMN members_peak bigint NOT NULL DEFAULT 0;
