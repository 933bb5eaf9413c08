-- How many batches were written within which time, by class (io.tidegate.figures.LatencyCounts): what of
-- minutes, nodes and apps adds up and still tells true percentiles.
ALTER TABLE usage ADD COLUMN latency jsonb NOT NULL DEFAULT '{}';
